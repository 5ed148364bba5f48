"""Stories 40 and 41: answers, their contents and their use."""

from __future__ import annotations

from gladly_sandbox.stories.stage import Cast, Stage


def contents_by_language(stage: Stage) -> Cast:
    """Give an answer contents in two languages and four types.

    One answer, five contents, one per language and type (rules R27, R28); one
    content that was removed again is not among them.
    """
    tenant = stage.tenant
    answer = tenant.add_answer(
        "2025-01-13 10:00",
        "Returning an item",
        description="What to say about returns",
        audience_ids=["audience-shop"],
    )
    contents = (
        ("public", "en-us", "<p>Returns are free for 30 days.</p>"),
        ("email", "en-us", "<p>Dear guest,<br>returns are free.</p>"),
        ("messaging", "en-us", "Returns are free!"),
        ("reference", "en-us", "<p>Ask for the order number first.</p>"),
        ("public", "es-us", "<p>Las devoluciones son gratis.</p>"),
        ("messaging", "es-us", "¡Gratis!"),
    )
    for type_, language, body in contents:
        tenant.set_answer_content(
            "2025-01-13 10:05",
            answer,
            type_,
            body,
            language=language,
            title="Returns" if type_ == "public" else None,
            subject="Your return" if type_ == "email" else None,
            internal=True if type_ == "reference" else None,
        )
    tenant.remove_answer_content(
        "2025-03-05 10:00", answer, "messaging", language="es-us"
    )
    for day in range(3, 28, 4):
        tenant.use_answer(
            f"2025-02-{day:02d} 16:00",
            answer,
            agent_id=stage.company.agents()[day % 4],
            clicks=1 + day % 3,
        )
    return {"answer": answer}


def answer_deleted(stage: Stage) -> Cast:
    """Delete an answer for good after it was used.

    The answer is marked as deleted, and its clicks stay (rule R26).
    """
    tenant = stage.tenant
    answer = tenant.add_answer("2025-01-13 11:00", "Winter sale")
    tenant.set_answer_content(
        "2025-01-13 11:05", answer, "messaging", "Everything at half price."
    )
    for day in (4, 5, 11, 20):
        tenant.use_answer(
            f"2025-02-{day:02d} 17:00", answer, agent_id=stage.company.ben, clicks=day
        )
    tenant.delete_answer("2025-03-12 12:00", answer)
    return {"answer": answer}
