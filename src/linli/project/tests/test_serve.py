"""The start, in the words of who starts it."""

import socket

import pytest

from linli.project import env, serve


def test_a_taken_port_says_which_one_to_try(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SystemExit):
            serve.check_port("127.0.0.1", port)

    told = capsys.readouterr().err
    assert f"Port {port} on 127.0.0.1 cannot be used" in told
    assert f"例如 PORT={port + 1}" in told
    assert told.count("\n") == 1


def test_a_free_port_is_left_free() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]

    serve.check_port("127.0.0.1", port)
    serve.check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eight", ""])
def test_a_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    options = ["--port", port] if port else []

    if port:
        with pytest.raises(SystemExit):
            serve.read_options([f"--port={port}"])
    else:
        assert serve.read_options(options).port == 8000


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("linli.lan", "http://linli.lan:8000"),
    ],
)
def test_the_address_shown_can_be_opened(host: str, address: str) -> None:
    assert serve.address_of(host, 8000) == address


@pytest.mark.parametrize(("url", "threads"), [("", "1"), ("postgresql://linli@/linli", "4")])
def test_writers_that_queue_anyway_get_one_thread(
    url: str, threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    command = serve.site_command(serve.read_options(["--workers", "3"]))

    assert command[command.index("--blocking-threads") + 1] == threads
    assert command[command.index("--workers") + 1] == "3"


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_DATA", "")

    assert env.text("LINLI_DATA", "data") == "data"


@pytest.mark.parametrize("value", ["ja", "2", "on"])
def test_a_flag_is_yes_or_no(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINLI_DEMO", value)

    with pytest.raises(SystemExit):
        env.flag("LINLI_DEMO")

    assert (
        capsys.readouterr().err == f"LINLI_DEMO must be 1 or 0, not “{value}”. / LINLI_DEMO 只能是 1 或 0。\n"
    )
