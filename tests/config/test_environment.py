"""What the environment says: the folder of all data is open to whoever runs the server alone."""

import pytest

from tests.installation import Installation


@pytest.mark.parametrize("there", [False, True], ids=["made", "there already"])
def test_nobody_else_on_the_machine_opens_the_folder_of_data(bare: Installation, there: bool):
    if there:
        bare.home.mkdir()
        bare.home.chmod(0o755)
    bare.run("doctor")
    assert (bare.home.stat().st_mode & 0o777, (bare.home / "secret").exists()) == (0o700, True)
