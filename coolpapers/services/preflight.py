"""What `up` looks at before it starts anything."""

import errno
import shutil
import socket

from coolpapers.services.errors import ServiceError
from coolpapers.services.layout import Layout

LEAST_DISK = 500 << 20


def check_port(host: str, port: int) -> None:
    """Raises ServiceError when the address cannot be listened at."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise ServiceError(
            f"The address {host} cannot be used",
            error.strerror or str(error),
            "Set COOLPAPERS_HOST to an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them.",
        ) from error
    with socket.socket(family, kind, protocol) as probe:
        # As the web server does: connections that are still closing do not keep the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            raise _no_port(host, port, error) from error


def _no_port(host: str, port: int, error: OSError) -> ServiceError:
    if error.errno == errno.EADDRINUSE:
        why, remedy = "another program listens there", "Set COOLPAPERS_PORT to a free port, for example 8001."
    elif error.errno == errno.EACCES:
        why, remedy = "ports below 1024 are for root", "Set COOLPAPERS_PORT to a port from 1024 on."
    else:
        why, remedy = error.strerror or str(error), "Set COOLPAPERS_HOST to an address of this machine."
    return ServiceError(f"Port {port} on {host} cannot be used", why, remedy)


def check_disk(layout: Layout, needed: int = LEAST_DISK) -> None:
    """Raises ServiceError where less than `needed` bytes are free."""
    for folder in {layout.folder(layout.data_dir), layout.server_home}:
        existing = next(part for part in (folder, *folder.parents) if part.exists())
        free = shutil.disk_usage(existing).free
        if free < needed:
            raise ServiceError(
                f"The disk of {folder} is nearly full",
                f"{free >> 20} MB are free and {needed >> 20} MB are needed",
                "Free some space, or set COOLPAPERS_DATA_DIR to a folder on another disk.",
            )
