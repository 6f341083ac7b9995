"""The hosts that readers meet papers on, and a stand-in for our own server: one server on this machine that answers
for all of them over TLS, since browsers ask some of them in no other way."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.pages.triage import PDF

OURS = "https://papers.example"
HTML, PLAIN, JSON = "text/html; charset=utf-8", "text/plain; charset=utf-8", "application/json"


@dataclass
class Hosts:
    """What the hosts answer, by address without its scheme; a page that nobody set says its own address."""

    port: int
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def page(self, address: str, html: str) -> str:
        """Sets the page of an https:// address, and gives the address back."""
        self.pages[address.partition("//")[2]] = HTML, html.encode()
        return address

    def pdf(self, address: str) -> str:
        self.pages[address.removeprefix("https://")] = "application/pdf", PDF
        return address

    def forget(self) -> None:
        self.pages.clear()
        self.asked.clear()

    def answer(self, address: str) -> tuple[str, bytes]:
        self.asked.append(f"https://{address}")
        if address == f"{OURS.removeprefix('https://')}/extension.json":
            return JSON, b'{"name": "coolpapers", "version": 1}'
        return self.pages.get(address) or (HTML, f"<!doctype html><title>{address}</title><p>Nothing.".encode())


@contextmanager
def running_hosts(folder: Path) -> Iterator[Hosts]:
    """The certificate is made in `folder`; browsers must be told to take it for anything."""
    server = Server(("127.0.0.1", 0), Handler)
    server.socket = _tls(folder).wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.hosts = Hosts(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.hosts
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Server(ThreadingHTTPServer):
    hosts: Hosts
    block_on_close = False  # a browser keeps connections open

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers drop connections as they like."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        kind, body = self.server.hosts.answer(f"{self.headers['Host']}{self.path}")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


def _tls(folder: Path) -> ssl.SSLContext:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    told = ["-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=stand-in"]
    subprocess.run([*command, *told], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
