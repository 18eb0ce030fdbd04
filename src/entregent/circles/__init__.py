"""Who stands where: sets of people, for whoever keeps them and for whoever shows something to them.

Every kind of circle, what it is about, who is in it, and which part keeps it (others may ask for its key):

| kind | about | who is in it | kept by |
|---|---|---|---|
| `everyone` | nothing | everybody, with or without an account: nobody is written into it | the first migration |
| `declared` | nothing | those who have said where they work | `market` |
| `chosen` | nothing; it has an owner | whom its owner named one by one | `discretion` |
| `connections` | a person | whose cards were crossed with theirs | `cards` |
| `members` | a community | those who belong to it | `communities` |
| `stewards` | a community | those who look after it | `communities` |
| `hearing` | a report | whoever made it, and the stewards whom it does not concern | `communities` |
| `communities` | a person | all who are in one of their communities, whose `members` lie within it | `communities` |
| `staff` | an organisation | those who stand with it | `market` |
| `around` | an organisation | its `staff`, and that of those tied to it, which lie within it | `market` |
| `invited` | an evening | all who are in one of its communities, whose `members` lie within it | `meetups` |
| `organisers` | an evening | who organises it; it lies within `going` | `meetups` |
| `going` | an evening | those who have a seat | `meetups` |
| `attended` | an evening | those who were there | `meetups` |
"""
