"""Reading what strace wrote: calls in one piece and in two, strings whole, descriptors by what they stand for."""

from pathlib import Path

from quietword.proof.syscalls import Peer, read_traces


def in_hex(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def seen(tmp_path: Path, *lines: str):  # type: ignore[no-untyped-def]
    path = tmp_path / "trace"
    path.write_text("".join(f"{line}\n" for line in lines))
    return read_traces([path])


def test_bytes_are_kept_by_where_they_went(tmp_path: Path) -> None:
    log, gone = in_hex("/var/log/form"), in_hex("/tmp/#12")
    found = seen(
        tmp_path,
        f'7 write(2<{log}>, "{in_hex("one ")}", 4) = 4',
        f'7 writev(2<{log}>, [{{iov_base="{in_hex("two ")}", iov_len=4}}, '
        f'{{iov_base="{in_hex("three")}", iov_len=5}}], 2) = 9',
        f'8 pwrite64(5<{gone}>(deleted), "{in_hex("nameless")}", 8, 0) = 8',
        f'8 sendto(9<TCP:[127.0.0.1:5000->127.0.0.9:4411]>, "{in_hex("answer")}", 6, 0, NULL, 0) = 6',
    )
    assert {where: bytes(data) for where, data in found.written.items()} == {
        "/var/log/form": b"one two three",
        "/tmp/#12 (deleted)": b"nameless",
        "TCP:[127.0.0.1:5000->127.0.0.9:4411]": b"answer",
    }
    assert found.calls == 4


def test_a_call_that_was_printed_in_two_pieces_is_read_as_one(tmp_path: Path) -> None:
    path = in_hex("/tmp/spooled")
    found = seen(
        tmp_path,
        f'7 openat(AT_FDCWD<{in_hex("/")}>, "{path}", O_RDWR|O_CREAT, 0600 <unfinished ...>',
        f'8 write(1<{in_hex("/log")}>, "{in_hex("between")}", 7) = 7',
        f"7 <... openat resumed>)          = 5<{path}>",
    )
    assert found.opened == {"/tmp/spooled"}
    assert bytes(found.written["/log"]) == b"between"


def test_files_opened_to_read_and_calls_that_failed_are_no_writing(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        f'7 openat(AT_FDCWD<{in_hex("/")}>, "{in_hex("/etc/hosts")}", O_RDONLY) = 3<{in_hex("/etc/hosts")}>',
        f'7 openat(AT_FDCWD<{in_hex("/")}>, "{in_hex("/x")}", O_WRONLY|O_CREAT, 0600) = -1 EACCES (Permission denied)',
        f'7 write(3<{in_hex("/x")}>, "{in_hex("lost")}", 4) = -1 EBADF (Bad file descriptor)',
    )
    assert found.opened == set()
    assert found.written == {}


def test_a_connection_counts_even_when_it_was_refused(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        f"7 connect(4<TCP:[99]>, {{sa_family=AF_INET, sin_port=htons(443), "
        f'sin_addr=inet_addr("{in_hex("192.0.2.7")}")}}, 16)'
        " = -1 EINPROGRESS (Operation now in progress)",
        f'7 connect(4<UNIX-STREAM:[98]>, {{sa_family=AF_UNIX, sun_path="{in_hex("/dev/log")}"}}, 110) = 0',
        f'7 sendto(5<UDP:[97]>, "{in_hex("q")}", 1, 0, {{sa_family=AF_INET, sin_port=htons(53), '
        f'sin_addr=inet_addr("{in_hex("192.0.2.8")}")}}, 16) = 1',
    )
    assert found.connected == {Peer("192.0.2.7", 443), Peer("/dev/log"), Peer("192.0.2.8", 53)}
    assert bytes(found.written["UDP:[97]"]) == b"q"


def test_what_a_trace_cannot_show_is_said(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        "7 io_uring_setup(8, {flags=0}) = 5",
        f"7 sendfile(5<{in_hex('/out')}>, 6<{in_hex('/in')}>, NULL, 100) = 100",
        f'7 write(5<{in_hex("/out")}>, "{in_hex("begin")}"..., 9000000) = 9000000',
    )
    assert len(found.unseen) == 3
