"""What of the evidence that judgements moved since the build is still evidence about a child? A piece of SQL, for a table as rows `t`."""

from __future__ import annotations


_THEN = "coalesce(t.happened_on::date, t.known_from_on::date)"
# Evidence was laid out as a child's. What was moved to somebody who was grown up by every birth that is said of them, to whoever may see that, is
# none. Reads `moved` (record_id) and `may_see` (access_base, kind, needs_reason).
OF_A_CHILD_TODAY = f"""(
    t.person_record_id not in (select record_id from moved) or coalesce((
        select bool_or(date_sub('year', split_part(s.value_key, '/', 2)::date - 1, {_THEN}) < 18) from said s
        where s.person_id = t.person_id and s.field = 'birth' and s.is_valid = 1 and contains(s.value_key, '/') and s.known_until_on is null
        and (s.access_base, s.kind) in (select access_base, kind from may_see where not needs_reason)
    ), true)
)"""
