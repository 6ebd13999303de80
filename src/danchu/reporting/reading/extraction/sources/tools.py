"""Programs of the system that reading may need: each bounded, each named with its package."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from danchu.core.errors import BadInput, Refusal

from .refusals import damaged

DOC_SECONDS = 90


class Missing(Refusal):
    """A program of the system is needed for this and not installed."""

    default_code = "missing_tool"


def run_tool(arguments: list[str], *, seconds: int, folder: Path, name: str) -> tuple[int, bytes]:
    """Run a program without a shell inside ``folder``; returns its status and standard output.

    The program and everything it started end after ``seconds``; :class:`BadInput` then.
    """
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }
    process = subprocess.Popen(  # noqa: S603  # an argument list, the program found on PATH
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise BadInput(
            f"{name}: chương trình {Path(arguments[0]).name} đọc quá {seconds} giây nên đã dừng. "
            "Lưu văn bản thành tệp DOCX rồi đọc lại.",
            f"{name}: {Path(arguments[0]).name} took more than {seconds} seconds and was stopped. "
            "Save the document as DOCX and read it again.",
            code="too_slow",
        ) from None
    return process.returncode, output


def doc_text(data: bytes, name: str) -> str:
    """The text of an old Word file (DOC), by antiword, else by LibreOffice."""
    antiword, office = shutil.which("antiword"), shutil.which("soffice")
    if antiword is None and office is None:
        raise Missing(
            f"{name}: đọc tệp DOC cần gói antiword (hoặc libreoffice-writer) của Debian. "
            "Cài gói đó (apt install antiword), hoặc lưu văn bản thành DOCX rồi đọc lại.",
            f"{name}: reading DOC files needs the Debian package antiword (or libreoffice-writer). "
            "Install it (apt install antiword), or save the document as DOCX.",
        )
    with tempfile.TemporaryDirectory(prefix="danchu-doc-") as place:
        folder = Path(place)
        source = folder / "source.doc"
        source.write_bytes(data)
        if antiword is not None:
            status, output = run_tool(
                [antiword, "-m", "UTF-8.txt", "-w", "0", str(source)],
                seconds=DOC_SECONDS,
                folder=folder,
                name=name,
            )
            text = output.decode("utf-8", "replace").strip()
            if status == 0 and text:
                return text
        if office is not None:
            run_tool(
                [
                    office,
                    "--headless",
                    "--norestore",
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--convert-to",
                    "txt:Text (encoded):UTF8",
                    "--outdir",
                    str(folder),
                    str(source),
                ],
                seconds=DOC_SECONDS,
                folder=folder,
                name=name,
            )
            result = folder / "source.txt"
            if result.is_file():
                return result.read_bytes().decode("utf-8-sig", "replace").strip()
    raise damaged(name, "DOC")


def ocr_program(name: str) -> str:
    """The path of tesseract with Vietnamese; :class:`Missing` names the two Debian packages."""
    program = shutil.which("tesseract")
    if program is not None:
        with tempfile.TemporaryDirectory(prefix="danchu-ocr-") as place:
            _, listed = run_tool(
                [program, "--list-langs"], seconds=20, folder=Path(place), name=name
            )
        if b"vie" in listed.split():
            return program
    raise Missing(
        f"{name}: đây là bản quét, không có chữ. Nhận dạng chữ cần hai gói của Debian: "
        "tesseract-ocr và tesseract-ocr-vie (apt install tesseract-ocr tesseract-ocr-vie). "
        "Cài xong rồi đọc lại, hoặc dùng bản DOCX hay PDF có chữ.",
        f"{name}: this is a scan without text. Recognising it needs the Debian packages "
        "tesseract-ocr and tesseract-ocr-vie (apt install tesseract-ocr tesseract-ocr-vie). "
        "Install them and read it again, or use the DOCX or a PDF with text.",
    )
