"""The server: a library's pages and API on one address, the loopback one unless told otherwise."""

from secondsource.web.app import Server
from secondsource.web.listen import loopback, run
from secondsource.web.options import LOOPBACK, ServeOptions
from secondsource.web.tokens import holds_any, new_token

__all__ = ["LOOPBACK", "ServeOptions", "Server", "holds_any", "loopback", "new_token", "run"]
