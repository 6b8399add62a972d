"""`karakana export`: every format in one file, from the folder one stands in."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.app import cli
from generator.exporters import FORMATS


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_is_written(format: str, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    target = tmp_path / "file"
    result = CliRunner().invoke(cli, ["export", format, str(target), "--as-of", "2026-06-30"], standalone_mode=False)
    assert (result.exception, result.return_value) == (None, 0)
    content = target.read_bytes()
    if format in ("data-package", "spaceapi"):
        assert zipfile.is_zipfile(target)
    elif format in ("okw", "geojson"):
        json.loads(content)
    elif format == "sqlite":
        assert content.startswith(b"SQLite format 3\0")
    else:
        assert content.startswith(b"id,")


def test_a_file_stays_when_nothing_can_be_exported(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small)
    (small / "registry.yaml").write_text("name: [", encoding="utf-8")
    target = tmp_path / "file"
    target.write_text("before", encoding="utf-8")
    result = CliRunner().invoke(cli, ["export", "okw", str(target)])
    assert result.exit_code != 0
    assert target.read_text(encoding="utf-8") == "before"
