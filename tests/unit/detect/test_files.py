import pytest

from brandlens.detect.files import read_file
from brandlens.errors import InvalidInput


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InvalidInput, match="is a directory"):
        read_file(tmp_path)
