"""The shipped files are believed by the programs they are for, and hold what a deployment filled in."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from config import Bind, ReportingSettings
from quietword.__main__ import main
from quietword.memory import FORGETFUL_MEMORY
from quietword.proof.parts import NGINX_ENVIRONMENT
from quietword.shipped import filling
from quietword.shipped.command import shipped
from quietword.shipped.filling import Proxy, ShippedError, Unit
from reporting.cleaning.cleaner import AT_ONCE
from reporting.cleaning.inside.limits import MEBIBYTE, MEMORY
from tests.services import missing_service
from tests.tls import certificate_for_this_machine

WORKER_MEBIBYTES = 256  # one worker is measured at 100, before it buffers what its four threads read


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return found or missing_service(name, f"Install {name} to test the file that is shipped for it.")


def test_tor_believes_the_torrc(tmp_path: Path) -> None:
    """Debian's own tor reads it whole, proof of work and circuit ids included."""
    tor = program("tor")
    for name in ("data", "service"):
        (tmp_path / name).mkdir(mode=0o700)
    path = tmp_path / "torrc"
    told = filling.torrc(data=tmp_path / "data", service=tmp_path / "service", socket=tmp_path / "form.sock")
    path.write_text(told)
    asked = [tor, "--defaults-torrc", "/dev/null", "-f", str(path), "--verify-config"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert "Configuration was valid" in said.stdout
    path.write_text(told + "HiddenServiceExportCircuitIDs haproxy\n")
    assert subprocess.run(asked, capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize("site", ["public", "public without TLS", "triage"])
def test_nginx_believes_the_file(tmp_path: Path, site: str) -> None:
    nginx = program("nginx")
    pem = certificate_for_this_machine(tmp_path) if site != "public without TLS" else None
    proxy = Proxy("report.example", Bind("127.0.0.1", 8443), Bind("127.0.0.1", 5000), pem, pem, "root", tmp_path)
    path = tmp_path / "nginx.conf"
    path.write_text(proxy.triage() if site == "triage" else proxy.public())
    said = subprocess.run([nginx, "-t", "-c", str(path)], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


def test_systemd_believes_every_unit(tmp_path: Path) -> None:
    """All of them at once, because one starts another."""
    analyze = program("systemd-analyze")
    command = tmp_path / "quietword"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    units = [unit for unit in Unit if unit is not Unit.NGINX]
    for unit in units:
        (tmp_path / unit.file).write_text(filling.unit(unit, command=command, databases="10.1.2.3/32"))
    asked = [analyze, "verify", "--man=no", *(str(tmp_path / unit.file) for unit in units)]
    said = subprocess.run(
        asked, capture_output=True, text=True, check=False, env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"}
    )
    ours = [line for line in said.stderr.splitlines() if "quietword" in line]
    assert ours == []
    (tmp_path / Unit.TRIAGE.file).write_text(filling.unit(Unit.TRIAGE, command=command).replace("NoNew", "NoneNew"))
    asked = [analyze, "verify", "--man=no", str(tmp_path / Unit.TRIAGE.file)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert "NoneNewPrivileges" in said.stderr


def test_each_program_keeps_no_core_no_swap_and_no_hour() -> None:
    """What systemd would keep by itself: a core file, pages of memory on disk, and the second of every line."""
    lasting = (Unit.REPORTING, Unit.ONION, Unit.TRIAGE, Unit.INDEX, Unit.COLLECT, Unit.WATCH)
    for unit in (*lasting, Unit.BACKUP, Unit.CHECKPOINT):
        told = filling.unit(unit, command=Path("/opt/quietword/bin/quietword")).splitlines()
        assert {"LimitCORE=0", "MemorySwapMax=0", "StandardOutput=null", "NoNewPrivileges=yes"} <= set(told)
        assert [line for line in told if line.startswith("StandardError=append:/var/log/quietword/")]
        assert not any("journal" in line for line in told if not line.startswith("#"))
        denied = "IPAddressDeny=any" in told
        # The bell's own command must reach somebody, and a checkpoint the witness.
        assert denied == (unit not in {Unit.WATCH, Unit.CHECKPOINT})
        assert ("Restart=always" in told) == (unit in lasting)


@pytest.mark.parametrize(
    ("timer", "service", "command"),
    [
        (Unit.BACKUP_TIMER, Unit.BACKUP, ("backup", "make")),
        (Unit.CHECKPOINT_TIMER, Unit.CHECKPOINT, ("audit", "checkpoint")),
    ],
)
def test_a_timer_starts_the_service_of_its_name_which_runs_a_command_there_is(
    timer: Unit, service: Unit, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """A key of a backup that nobody destroys, and a log that no witness sees, are promises broken in silence."""
    assert Path(timer.file).stem == Path(service.file).stem
    assert {"Persistent=yes", "WantedBy=timers.target"} <= set(filling.unit(timer).splitlines())
    told = filling.unit(service, command=Path("/opt/quietword/bin/quietword")).splitlines()
    assert f"ExecStart=/opt/quietword/bin/quietword {' '.join(command)}" in told
    assert "Type=oneshot" in told
    assert main([*command, "--help"]) == 0
    assert " ".join(command) in capsys.readouterr().out


def test_whatever_destroys_or_backs_up_may_write_beside_the_backups() -> None:
    """What is destroyed is written down there first, so that no backup brings it back."""
    folders = [Path("/srv/backups"), Path("/mnt/day-keys")]
    for unit in (Unit.TRIAGE, Unit.COLLECT, Unit.BACKUP):
        assert "ReadWritePaths=/srv/backups /mnt/day-keys" in filling.unit(unit, writes=folders).splitlines()
        assert "ReadWritePaths" not in filling.unit(unit)
    with pytest.raises(ShippedError, match="--writes"):
        filling.unit(Unit.BACKUP, writes=[Path("/a b")])


def test_the_form_may_use_the_memory_that_its_cleanings_may_and_no_more() -> None:
    """A flood of files that decode large must end a cleaning, and neither the host nor the form."""
    workers = ReportingSettings.from_environ({}).workers
    megabytes = workers * (AT_ONCE * MEMORY // MEBIBYTE + WORKER_MEBIBYTES)
    for unit in (Unit.REPORTING, Unit.ONION):
        told = filling.unit(unit, command=Path("/opt/quietword/bin/quietword")).splitlines()
        assert {f"MemoryMax={megabytes}M", "OOMPolicy=continue"} <= set(told)
        assert any(f"add {megabytes // workers}M for each" in line for line in told)


def test_the_index_reaches_nothing_but_its_socket() -> None:
    """It holds the register: no network, no folder of databases, and a place in memory for the socket alone."""
    told = filling.unit(Unit.INDEX, command=Path("/opt/quietword/bin/quietword")).splitlines()
    fences = {"PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX", "IPAddressDeny=any", "RuntimeDirectoryMode=0700"}
    assert fences <= set(told)
    assert "Environment=QUIETWORD_INDEX_SOCKET=unix:/run/quietword-index/index.sock" in told
    assert not any(line.startswith(("StateDirectory", "IPAddressAllow", "ReadWritePaths")) for line in told)


def test_the_command_prints_each_file_with_its_settings() -> None:
    printed = {
        ("nginx", "--name", "report.example", "--certificate", "/etc/ssl/a.pem", "--key", "/etc/ssl/b.pem"): (
            "server_name report.example;",
            "listen [::]:443 ssl http2;",
            "return 301 https://report.example/;",
        ),
        (
            "nginx",
            "--triage",
            "--name",
            "t.example",
            "--certificate",
            "/a",
            "--key",
            "/b",
            "--listen",
            "10.0.0.7:443",
        ): (
            "listen 10.0.0.7:443 ssl http2;",
            "proxy_pass http://127.0.0.1:5001;",
        ),
        ("nginx", "--name", "localhost", "--listen", "127.0.0.1:8080"): ("listen 127.0.0.1:8080;",),
        ("torrc", "--socket", "/run/q/f.sock"): ("HiddenServicePort 80 unix:/run/q/f.sock",),
        ("systemd", "onion", "--socket", "/run/q/f.sock"): ("QUIETWORD_ONION_BIND=unix:/run/q/f.sock",),
        ("redis", "--run", "/run/q"): ("dir /run/q", 'save ""'),
        ("postgresql",): ("archive_mode = off",),
    }
    for arguments, lines in printed.items():
        said = CliRunner().invoke(shipped, list(arguments), catch_exceptions=False)
        assert said.exit_code == 0
        for line in lines:
            assert line in said.output
    copied = CliRunner().invoke(shipped, ["postgresql", "--with-copies"]).output
    assert "archive_mode" not in copied
    assert "log_error_verbosity = terse" in copied


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nginx", "--name", "a; b"], "“a; b” is not a host name: write one such as report.example.police.uk."),
        (["nginx", "--name", "a.example"], "Without a certificate only this machine may listen"),
        (["nginx", "--name", "a.example", "--key", "/k"], "Give --certificate and --key together."),
        (["nginx", "--triage", "--name", "a.example"], "Triage is reached over TLS alone"),
        (["nginx", "--name", "a.example", "--listen", "somewhere"], "“somewhere” is no place to listen"),
        (["nginx", "--name", "a.example", "--certificate", "/a b;", "--key", "/k"], "--certificate is “/a b;”: write"),
        (["torrc", "--socket", f"/{'x' * 107}"], "the path of a socket has at most 107 letters."),
        (["systemd", "reporting", "--databases", "here"], "“here” is not an address or network"),
        (["redis", "--socket", "red.sock"], "--socket is “red.sock”: write a whole path"),
    ],
)
def test_a_setting_that_would_break_a_file_is_refused(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["shipped", *arguments]) == 1
    assert sentence in capsys.readouterr().err


def test_no_line_of_a_file_can_be_added_through_a_setting() -> None:
    proxy = Proxy("a.example", Bind("127.0.0.1", 80), Bind("127.0.0.1", 5000), user="root;\naccess_log /a")
    with pytest.raises(ShippedError, match="not the name of a user"):
        proxy.public()


def test_the_proxy_overwrites_its_memory_as_the_proof_runs_it() -> None:
    told = filling.unit(Unit.NGINX)
    assert all(f"{name}={value}" in told for name, value in NGINX_ENVIRONMENT.items())
    assert NGINX_ENVIRONMENT.items() <= FORGETFUL_MEMORY.items()
