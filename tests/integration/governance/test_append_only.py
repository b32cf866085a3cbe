"""Does the database itself keep what was promised to be kept: what was received, ids given out, who looked?"""

import pytest
from django.db import DatabaseError, connection

from engage.governance import actions
from engage.governance.models import AuditEvent
from engage.identities.models import PersonAssignment, PersonIdEvent
from engage.networks.models import SavedChart, Screening, ScreeningStep
from engage.picture.models import IndicatorStatement, LookedAt, MissingCheck, ReadingJudgement, Watch
from engage.records.models import Delivery, DeliveryFile, HandEntry


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
MODELS = (
    AuditEvent,
    Delivery,
    DeliveryFile,
    HandEntry,
    PersonAssignment,
    PersonIdEvent,
    IndicatorStatement,
    LookedAt,
    ReadingJudgement,
    SavedChart,
    Screening,
    ScreeningStep,
)


@pytest.fixture
def kept(viewing):
    at = viewing().at
    actions.record_view(viewing=viewing(), action="x", subject="P1", fields=[], decision="allow")
    words = (
        "agency",
        "mapping",
        "mapping_version",
        "mapping_digest",
        "extent",
        "cohort",
        "purpose",
        "agreement",
    )
    delivery = Delivery.objects.create(
        digest="d",
        received_by="ana",
        received_at=at,
        row_count=1,
        recorded_at=at,
        **dict.fromkeys(words, "x"),
    )
    DeliveryFile.objects.create(
        delivery=delivery, file="f", sent_name="f", sha256="s", root="r", folder="x", row_count=1, broken_count=0
    )  # fmt: skip
    HandEntry.objects.create(
        agency="police", person_id="P1", exchange_version="1", recorded_by="ana", recorded_at=at
    )
    PersonAssignment.objects.create(
        record_id="r", person_id="P1", assigned_at=at, build_id="b", cause="build"
    )
    ReadingJudgement.objects.create(
        text_key="t", what="missing", polarity="present", from_sign=0, until_sign=4, says="wrong", said_by="ana", agency="police", said_at=at,
    )  # fmt: skip
    PersonIdEvent.objects.create(
        person_id="P1", kind="merged", other_id="P2", at=at, cause="build", after_seq=1
    )
    who = {"agency": "police", "person_id": "P1"}
    IndicatorStatement.objects.create(
        **who, indicator="M1", says="confirmed", reason="so", said_by="ana", said_by_name="Ana", said_at=at
    )
    SavedChart.objects.create(question="about=person%3AP1", title="t", owner="ana", owner_name="Ana", agency="police", purpose="x", made_at=at)  # fmt: skip
    Screening.objects.create(
        whose_list="x", why="so", purpose="x", asked_by="ana", asked_by_name="Ana", agency="police", asked_at=at, authoriser="bo", authoriser_name="Bo",
        lapses_on=at.date(), expires_on=at.date(), row_count=1, name_count=1, phone_count=0, plate_count=0,
    )  # fmt: skip
    ScreeningStep.objects.create(
        screening=1, says="run", hit_count=0, said_by="ana", said_by_name="Ana", agency="police", said_at=at
    )
    LookedAt.objects.create(
        **who, outcome="done", seen="[]", looked_by="ana", looked_by_name="Ana", looked_at=at
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("statement", ["update {t} set {k} = {k}", "delete from {t}", "at once"])
def test_no_statement_takes_a_row_away(kept, model, statement):
    if statement == "at once":
        is_sqlite = connection.vendor == "sqlite"
        statement = "insert or replace into {t} select * from {t}" if is_sqlite else "truncate {t} cascade"
    before = list(model.objects.values())
    sql = statement.format(t=model._meta.db_table, k=model._meta.pk.column)
    with pytest.raises(DatabaseError, match=r"never changed|is kept|are kept"), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(model.objects.values()) == before


def test_a_delivery_is_not_replaced_by_another_of_the_same_files(kept):
    number, *rest = Delivery.objects.values_list().get()
    instead = "insert or replace" if connection.vendor == "sqlite" else "insert"
    sql = f"{instead} into records_delivery values ({', '.join(['%s'] * (1 + len(rest)))})"
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(sql, [number + 1, *rest])
    assert Delivery.objects.get().pk == number


@pytest.fixture
def watch(viewing):
    at = viewing().at
    return Watch.objects.create(
        kind="person", key="P1", why="Worried", purpose="safeguarding_child", owner="ana", agency="police", made_at=at,
        expires_on=at.date(), seen_delivery=0, seen_entry=0,
    )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "update {t} set why = 'other'",
        "update {t} set expires_on = '2027-01-01'",
        "update {t} set owner = 'ben'",
        "delete from {t}",
        "at once",
    ],
)
def test_a_watch_stays_as_it_was_made(watch, statement):
    if statement == "at once":
        is_sqlite = connection.vendor == "sqlite"
        statement = "insert or replace into {t} select * from {t}" if is_sqlite else "truncate {t} cascade"
    with pytest.raises(DatabaseError, match="a watch is kept"), connection.cursor() as cursor:
        cursor.execute(statement.format(t=Watch._meta.db_table))
    assert Watch.objects.get().why == "Worried"


def test_a_watch_is_seen_and_ended_once(watch, viewing):
    watch.seen = ["x"]
    watch.save(update_fields=["seen"])
    watch.ended_at = viewing().at
    watch.save(update_fields=["ended_at"])
    with pytest.raises(DatabaseError, match="a watch is kept"):
        Watch.objects.update(ended_at=None)


@pytest.fixture
def check(viewing):
    at = viewing().at
    return MissingCheck.objects.create(
        report="r", person_record_id="p", what="phone", subject="07000123456", result="no_answer", agency="police", checked_by="ana",
        checked_by_name="Ana", checked_at=at, recorded_at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    ["update {t} set result = 'found'", "update {t} set id = id + 1", "delete from {t}", "at once"],
)
@pytest.mark.parametrize("is_struck", [False, True], ids=["stands", "struck"])
def test_what_was_checked_stays_as_it_was_recorded(check, viewing, is_struck, statement):
    if is_struck:
        MissingCheck.objects.update(struck_at=viewing().at, struck_by="ana", struck_reason="so")
    if statement == "at once":
        is_sqlite = connection.vendor == "sqlite"
        statement = "insert or replace into {t} select * from {t}" if is_sqlite else "truncate {t} cascade"
    before = list(MissingCheck.objects.values())
    with pytest.raises(DatabaseError, match="what was checked is kept"), connection.cursor() as cursor:
        cursor.execute(statement.format(t=MissingCheck._meta.db_table))
    assert list(MissingCheck.objects.values()) == before
