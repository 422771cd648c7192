"""What sign-in keeps: hashes only, never a PIN or a code."""

from __future__ import annotations

import peewee as pw

from ..database import Table


class CredentialRow(Table):
    person_id = pw.BigIntegerField(primary_key=True)
    hashed = pw.TextField()
    set_at = pw.DateTimeField()
    failures = pw.IntegerField(default=0)
    wait_until = pw.DateTimeField(null=True)

    class Meta:
        table_name = "credential"


class EnrolmentCodeRow(Table):
    id = pw.AutoField()
    person_id = pw.BigIntegerField()
    hashed = pw.TextField()
    made_by = pw.BigIntegerField(null=True)
    expires_at = pw.DateTimeField()
    # When it was used, or replaced by a newer one.
    used_at = pw.DateTimeField(null=True)
    failures = pw.IntegerField(default=0)

    class Meta:
        table_name = "enrolment_code"


class TerminalFailureRow(Table):
    id = pw.AutoField()
    terminal = pw.TextField()
    at = pw.DateTimeField()

    class Meta:
        table_name = "terminal_failure"
