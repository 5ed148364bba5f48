"""The fictitious company of the scenario book: its inboxes, people and topics."""

from __future__ import annotations

from dataclasses import dataclass

from gladly_sandbox.tenant import Tenant

#: Seed of every id in the book that no story supplies.
SEED = 20250101
#: When inboxes, agents and topics exist: early enough for the story set in 2022.
FOUNDED = "2022-01-03"


@dataclass(frozen=True)
class Company:
    """Ids that the stories share, by what the thing is called at first.

    Attributes:
        support: inbox "Support", where most conversations start.
        billing: inbox "Billing".
        refunds: inbox "Refunds".
        vip: inbox "VIP Desk".
        ada: agent, and so on down the alphabet to ``fay``.
        orders: topic "Orders" with children ``late`` and ``wrong``.
        returns: topic "Returns" with children ``damaged`` and ``refund``.
        account: topic "Account" with child ``password``.
    """

    support: str
    billing: str
    refunds: str
    vip: str
    ada: str
    ben: str
    cleo: str
    dev: str
    eli: str
    fay: str
    orders: str
    late: str
    wrong: str
    returns: str
    damaged: str
    refund: str
    account: str
    password: str

    def inboxes(self) -> list[str]:
        """Return the inboxes that everyday conversations use."""
        return [self.support, self.billing, self.refunds, self.vip]

    def agents(self) -> list[str]:
        """Return the agents who stay for the whole book."""
        return [self.ada, self.ben, self.cleo, self.dev]

    def topics(self) -> list[str]:
        """Return the topics that everyday conversations use."""
        return [self.late, self.wrong, self.damaged, self.refund, self.password]


def found_company(tenant: Tenant) -> Company:
    """Create inboxes, agents, teams, topics and business hours; return their ids."""
    orders = tenant.add_topic("Orders")
    returns = tenant.add_topic("Returns")
    account = tenant.add_topic("Account")
    company = Company(
        support=tenant.add_inbox("Support"),
        billing=tenant.add_inbox("Billing"),
        refunds=tenant.add_inbox("Refunds"),
        vip=tenant.add_inbox("VIP Desk"),
        ada=tenant.add_agent("Ada Example"),
        ben=tenant.add_agent("Ben Sample"),
        cleo=tenant.add_agent("Cleo Placeholder"),
        dev=tenant.add_agent("Dev Fiction"),
        eli=tenant.add_agent("Eli Invented"),
        fay=tenant.add_agent("Fay Imaginary"),
        orders=orders,
        late=tenant.add_topic("Late delivery", orders),
        wrong=tenant.add_topic("Wrong item", orders),
        returns=returns,
        damaged=tenant.add_topic("Damaged", returns),
        refund=tenant.add_topic("Refund", returns),
        account=account,
        password=tenant.add_topic("Password", account),
    )
    _teams(tenant, company)
    _hours(tenant)
    return company


def _teams(tenant: Tenant, company: Company) -> None:
    tenant.add_team(
        "Front Line",
        [company.ada, company.ben, company.cleo, company.eli],
        description="First answer on every channel",
    )
    tenant.add_team("Money Matters", [company.dev, company.fay, company.ada])


def _hours(tenant: Tenant) -> None:
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday")
    blocks = [("09:00", "12:30"), ("13:00", "17:00")]
    tenant.set_business_hours(
        "Office hours",
        {day: blocks for day in weekdays},
        hours_id="bh_office",
        exceptions=[
            {
                "name": "Inventory day",
                "start": "2025-02-17T00:00:00-05:00",
                "stop": "2025-02-18T00:00:00-05:00",
                "scheduleBlocks": [],
            }
        ],
    )
    tenant.set_business_hours(
        "Weekend phone",
        {"saturday": [("10:00", "14:00")]},
        hours_id="bh_weekend",
        primary=False,
    )
