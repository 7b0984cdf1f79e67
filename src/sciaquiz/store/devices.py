"""Which machine writes: a file that is copied to another one goes on there as another device."""

from __future__ import annotations

import platform
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.ids import DeviceId, new_entry_id
from sciaquiz.store.codec import to_ms
from sciaquiz.store.reading import sound_rows

if TYPE_CHECKING:
    import sqlite3

    from sciaquiz.clock import Moment

OURS = "WHERE machine = ? ORDER BY since_ms DESC, id DESC"


def settle_device(connection: sqlite3.Connection, now: Moment) -> DeviceId:
    """Find this machine's device, or register it."""
    found = next(sound_rows(connection.execute, "device", OURS, machine()), None)
    return DeviceId(found["id"]) if found else add_device(connection, now)


def add_device(connection: sqlite3.Connection, now: Moment) -> DeviceId:
    """Register a new device for this machine."""
    device = DeviceId(str(new_entry_id()))
    connection.execute("INSERT INTO device VALUES (?, ?, ?)", (device, machine(), to_ms(now.instant)))
    return device


def replace_device(connection: sqlite3.Connection, now: Moment) -> DeviceId:
    """Go on as a new device, so that numbers given since a backup cannot be given again."""
    connection.execute("UPDATE device SET machine = ? WHERE machine = ?", (f"{machine()}-before", machine()))
    return add_device(connection, now)


def machine() -> str:
    """Return a fingerprint of this machine and user, the same at each start, that names neither."""
    parts = [platform.node(), str(Path.home())]
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        try:
            parts.append(path.read_text(encoding="ascii").strip())
            break
        except (OSError, ValueError):
            continue
    return blake2b("\0".join(parts).encode(errors="replace"), digest_size=8).hexdigest()
