"""A group of commands that says what is meant by a name that none of them has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

_MOST_LISTED = 8


class NearCommands(click.Group):
    """Help on a command that is not there: what `meant` has for its name, else the nearest."""

    def __init__(self, *arguments: Any, meant: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.meant = meant or {}

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with. Raises UsageError for what is none."""
        name = args[0] if args else ""
        is_name = name and not name.startswith("-") and not ctx.resilient_parsing
        if is_name and self.get_command(ctx, name) is None:
            # click's own sentence, of which only what follows is better.
            raise click.UsageError(f"No such command '{name}'.{self._help(ctx, name)}", ctx)
        return super().resolve_command(ctx, args)

    def _help(self, ctx: click.Context, name: str) -> str:
        # Imported late: who makes no mistakes needs no advice.
        from yamlsync.layout.finding import nearest

        known = self.list_commands(ctx)
        found = self.meant.get(name.lower()) or nearest(name.lower(), known)
        if found:
            return f" Did you mean '{found}'?"
        return f" There are: {', '.join(known)}." if len(known) <= _MOST_LISTED else ""
