"""What every metric is, asked of the marts in plain SQL."""

from __future__ import annotations

CONTACTS = "from marts.fct_contacts where"
ENDED = f"{CONTACTS} ended_at is not null"
FULFILLED = f"{CONTACTS} fulfilled_at is not null"
# Work is known, and there was some; Contact Export does not say whose it was.
WORKED_ON = """
    handle_seconds is not null
    and coalesce(work_session_count > 0, handle_seconds > 0)
"""
HANDLED = f"{ENDED} and {WORKED_ON}"
WORK = "from marts.fct_work_sessions where contact_ended_at is not null"
CREATED = "from marts.fct_conversations where created_at is not null"
CLOSED = "from marts.fct_conversations where last_closed_at is not null"
CHANGED = "from marts.fct_inbox_daily"
DAYS = "from marts.fct_agent_daily"
TOPICS = "from marts.fct_conversation_topics"
MESSAGES = "from marts.fct_messages"
ANSWERS = "from marts.fct_answer_usage_daily"
RESTATED = """
    from audit.audit_restatements
    where entity = 'conversation' and change_kind = 'restated'
"""
WAIT = "queued_to_fulfilled_seconds"
FCR = "count(*) filter (is_fcr_eligible and is_fcr_success)"

ANSWER = "queued_to_accepted_seconds"
BUSINESS = "queued_to_fulfilled_business_seconds"
REPLY = "first_reply_business_seconds"
CLOSE = "created_to_last_closed_business_seconds"
HALF_HOURS = "from marts.fct_contact_intervals"
AUTOMATED = "('automation', 'handed_over')"

QUERIES: dict[str, str] = {
    "contacts_overdue": f"select count(*) {CONTACTS} is_overdue",
    "contacts_outbound": f"""
        select count(*) {CONTACTS} queued_at is not null and direction = 'outbound'
    """,
    "contacts_outbound_answered": f"""
        select count(answered_at) {CONTACTS} direction = 'outbound'
    """,
    "outbound_answer_rate": f"""
        select avg((answered_at is not null)::int) {CONTACTS} direction = 'outbound'
    """,
    "repeat_contacts": f"select count(*) {CONTACTS} is_repeat_contact",
    "repeat_contact_rate": f"""
        select avg(is_repeat_contact::int) {CONTACTS}
        queued_at is not null and direction = 'inbound'
    """,
    "contacts_offered": f"select count(*) {CONTACTS} offered_at is not null",
    "median_speed_of_answer": f"""
        select median({ANSWER}) {CONTACTS} accepted_at is not null
    """,
    "p90_speed_of_answer": f"""
        select quantile_cont({ANSWER}, 0.9) {CONTACTS} accepted_at is not null
    """,
    "p90_wait_seconds": f"select quantile_cont({WAIT}, 0.9) {FULFILLED}",
    "average_business_wait_seconds": f"select avg({BUSINESS}) {FULFILLED}",
    "median_business_wait_seconds": f"select median({BUSINESS}) {FULFILLED}",
    "p90_business_wait_seconds": f"select quantile_cont({BUSINESS}, 0.9) {FULFILLED}",
    "contacts_unanswered": f"""
        select count(*) {ENDED} and contact_status = 'unanswered'
    """,
    "unanswered_share": f"select avg((contact_status = 'unanswered')::int) {ENDED}",
    "payments_completed": f"select sum(completed_payment_count) {ENDED}",
    "payment_amount_usd": f"select sum(completed_payment_amount_usd) {ENDED}",
    "average_first_reply_business_seconds": f"select avg({REPLY}) {CREATED}",
    "median_first_reply_business_seconds": f"select median({REPLY}) {CREATED}",
    "p90_first_reply_business_seconds": f"select quantile_cont({REPLY}, 0.9) {CREATED}",
    "median_close_seconds": f"select median(created_to_last_closed_seconds) {CLOSED}",
    "p90_close_seconds": f"""
        select quantile_cont(created_to_last_closed_seconds, 0.9) {CLOSED}
    """,
    "average_close_business_seconds": f"select avg({CLOSE}) {CLOSED}",
    "median_close_business_seconds": f"select median({CLOSE}) {CLOSED}",
    "p90_close_business_seconds": f"select quantile_cont({CLOSE}, 0.9) {CLOSED}",
    "conversations_automated": f"""
        select count(*) {CREATED} and answered_by = 'automation'
    """,
    "conversations_handed_over": f"""
        select count(*) {CREATED} and answered_by = 'handed_over'
    """,
    "conversations_begun_by_automation": f"""
        select count(*) {CREATED} and answered_by in {AUTOMATED}
    """,
    "deflection_rate": f"""
        select avg((answered_by = 'automation')::int) {CREATED}
        and answered_by in {AUTOMATED}
    """,
    "oldest_open_days": """
        select max(open_age_oldest_seconds) / 86400 from marts.fct_inbox_daily
        where activity_date = (select max(activity_date) from marts.fct_inbox_daily)
    """,
    "half_hour_contacts": f"select count(*) {CONTACTS} queued_at is not null",
    "half_hour_contacts_with_sla": f"select count(is_within_sla) {FULFILLED}",
    "half_hour_contacts_within_sla": f"select count(*) {FULFILLED} and is_within_sla",
    "half_hour_sla_rate": f"select avg(is_within_sla::int) {FULFILLED}",
    "half_hour_contacts_ended": f"select count(*) {ENDED}",
    "half_hour_contacts_abandoned": f"""
        select count(*) {ENDED} and contact_status = 'abandoned'
    """,
    "half_hour_abandonment_rate": f"""
        select avg((contact_status = 'abandoned')::int) {ENDED}
    """,
    "most_contacts_in_progress": f"select max(most_in_progress_count) {HALF_HOURS}",
    "staffed_half_hours": f"select sum(active_seconds) / 1800 {DAYS}",
    "transfers_recorded": """
        select count(*) from marts.fct_contact_events
        where event_type = 'contact_transferred'
    """,
    "median_transfer_wait_seconds": """
        select median(transferred_to_accepted_seconds) from marts.fct_contact_transfers
    """,
    "p90_transfer_wait_seconds": """
        select quantile_cont(transferred_to_accepted_seconds, 0.9)
        from marts.fct_contact_transfers
    """,
    "tasks_created": "select count(created_at) from marts.fct_tasks",
    "tasks_overdue": "select count(*) from marts.fct_tasks where is_overdue",
    "surveys_recorded": "select count(*) from marts.fct_surveys",
    "contacts_queued": f"select count(*) {CONTACTS} queued_at is not null",
    "contacts_queued_inbound": f"""
        select count(*) {CONTACTS} queued_at is not null and direction = 'inbound'
    """,
    "contacts_accepted": f"select count(*) {CONTACTS} accepted_at is not null",
    "average_speed_of_answer": f"""
        select avg(queued_to_accepted_seconds) {CONTACTS} accepted_at is not null
    """,
    "contacts_fulfilled": f"select count(*) {FULFILLED}",
    "contacts_fulfilled_with_sla": f"""
        select count(*) {FULFILLED} and is_within_sla is not null
    """,
    "contacts_within_sla": f"select count(*) {FULFILLED} and is_within_sla",
    "sla_rate": f"select avg(is_within_sla::int) {FULFILLED}",
    "average_wait_seconds": f"select avg({WAIT}) {FULFILLED}",
    "median_wait_seconds": f"select median({WAIT}) {FULFILLED}",
    "contacts_ended": f"select count(*) {ENDED}",
    "contacts_ended_inbound": f"select count(*) {ENDED} and direction = 'inbound'",
    "contacts_abandoned": f"""
        select count(*) {ENDED}
        and direction = 'inbound' and contact_status = 'abandoned'
    """,
    "abandonment_rate": f"""
        select avg((contact_status = 'abandoned')::int) {ENDED}
        and direction = 'inbound'
    """,
    "contacts_handled": f"select count(*) {HANDLED}",
    "contact_handle_seconds": f"select sum(handle_seconds) {ENDED}",
    "contact_after_seconds": f"select sum(after_contact_seconds) {ENDED}",
    "handle_seconds_per_contact": f"select avg(handle_seconds) {HANDLED}",
    "after_contact_seconds_per_contact": f"""
        select avg(after_contact_seconds) {HANDLED}
    """,
    "total_handle_seconds_per_contact": f"""
        select avg(handle_seconds + after_contact_seconds) {HANDLED}
    """,
    "contact_work_sessions": f"select sum(work_session_count) {ENDED}",
    "work_sessions_per_contact": f"""
        select avg(work_session_count) {ENDED} and work_session_count > 0
    """,
    "contacts_transferred": f"select count(*) {ENDED} and transfer_count > 0",
    "contacts_with_transfer_count": f"select count(transfer_count) {ENDED}",
    "transfer_rate": f"select avg((transfer_count > 0)::int) {ENDED}",
    "transfers": f"select sum(transfer_count) {ENDED}",
    "missed_offers": f"select sum(missed_count) {ENDED}",
    "declined_offers": f"select sum(declined_count) {ENDED}",
    "contact_messages": f"select sum(message_count) {ENDED}",
    "contacts_with_message_count": f"select count(message_count) {ENDED}",
    "messages_per_contact": f"select avg(message_count) {ENDED}",
    "talk_seconds": f"select sum(talk_seconds) {ENDED}",
    "hold_seconds": f"select sum(hold_seconds) {ENDED}",
    "work_sessions": f"select count(*) {WORK}",
    "agents_with_work": f"select count(distinct agent_id) {WORK}",
    "work_session_handle_seconds": f"select sum(handle_seconds) {WORK}",
    "unknown_seconds": f"select sum(unknown_seconds) {WORK}",
    "handle_seconds_per_work_session": f"select avg(handle_seconds) {WORK}",
    "conversations_created": f"select count(*) {CREATED}",
    "conversations_untagged": f"select count(*) {CREATED} and topic_count = 0",
    "untagged_share": f"select avg((topic_count = 0)::int) {CREATED}",
    "conversations_multichannel": f"select count(*) {CREATED} and channel_count > 1",
    "multichannel_share": f"select avg((channel_count > 1)::int) {CREATED}",
    "conversations_self_served": f"select count(*) {CREATED} and contact_count = 0",
    "self_served_share": f"select avg((contact_count = 0)::int) {CREATED}",
    "conversation_messages": f"select sum(message_count) {CREATED}",
    "messages_per_conversation": f"select avg(message_count) {CREATED}",
    "conversation_contacts": f"""
        select count(*) from marts.fct_contacts
        where conversation_id in (select conversation_id {CREATED})
    """,
    "contacts_per_conversation": f"select avg(contact_count) {CREATED}",
    "conversation_topics": f"""
        select count(*) {TOPICS}
        where is_current and conversation_id in (select conversation_id {CREATED})
    """,
    "topics_per_conversation": f"select avg(topic_count) {CREATED}",
    "average_first_reply_seconds": f"""
        select avg(epoch(first_agent_reply_at - first_customer_message_at)) {CREATED}
    """,
    "median_first_reply_seconds": f"""
        select median(epoch(first_agent_reply_at - first_customer_message_at)) {CREATED}
    """,
    "p90_first_reply_seconds": f"""
        select quantile_cont(first_reply_seconds, 0.9) {CREATED}
    """,
    "conversations_restated": f"""
        select count(*) {CREATED}
        and conversation_id in (select conversation_id {RESTATED})
    """,
    "restated_share": f"""
        select avg((conversation_id in (select conversation_id {RESTATED}))::int)
        {CREATED}
    """,
    "conversations_ever_closed": f"select count(*) {CLOSED}",
    "conversations_ever_reopened": f"select count(*) {CLOSED} and reopen_count >= 1",
    "reopen_rate": f"""
        select count(*) filter (reopen_count >= 1) / count(*)::double {CLOSED}
    """,
    "conversations_fcr_eligible": f"select count(*) {CLOSED} and is_fcr_eligible",
    "conversations_fcr_success": f"select {FCR} {CLOSED}",
    "fcr_rate": f"select {FCR} / count(*) filter (is_fcr_eligible)::double {CLOSED}",
    "conversations_handled": f"select count(*) {CLOSED} and {WORKED_ON}",
    "conversation_handle_seconds": f"select sum(handle_seconds) {CLOSED}",
    "handle_seconds_per_conversation": f"""
        select avg(handle_seconds) {CLOSED} and {WORKED_ON}
    """,
    "average_close_seconds": f"select avg(created_to_last_closed_seconds) {CLOSED}",
    "merged_conversations": """
        select count(*) from marts.bridge_conversation_ids
        where reported_conversation_id <> conversation_id
    """,
    "restated_values": f"select count(*) {RESTATED}",
    "backlog": "select count(*) from marts.fct_conversations where is_open",
    "conversations_closed": f"select sum(closed_count) {CHANGED}",
    "conversations_reopened": f"select sum(reopened_count) {CHANGED}",
    "conversations_reassigned": f"select sum(assigned_out_count) {CHANGED}",
    "agents_active": f"""
        select count(distinct agent_id) {DAYS} where active_seconds + away_seconds > 0
    """,
    "logged_in_hours": f"select sum(active_seconds + away_seconds) / 3600 {DAYS}",
    "active_hours": f"select sum(active_seconds) / 3600 {DAYS}",
    "away_hours": f"select sum(away_seconds) / 3600 {DAYS}",
    "away_share": f"select sum(away_seconds) / sum(logged_in_seconds) {DAYS}",
    "occupied_hours": """
        select sum(handle_seconds + after_contact_seconds) / 3600
        from marts.fct_work_sessions
    """,
    "occupancy_rate": f"""
        select sum(handle_seconds + after_contact_seconds) / sum(active_seconds) {DAYS}
    """,
    "topics_added": f"select count(*) {TOPICS}",
    "topics_removed": f"select count(*) {TOPICS} where removed_at is not null",
    "allocated_conversations": """
        select count(*) from marts.fct_conversations where topic_count > 0
    """,
    "topic_share": f"""
        select sum(allocation_weight) / count(distinct conversation_id) {TOPICS}
        where is_current
    """,
    "conversations_with_topic": """
        select count(*) from marts.fct_conversations where topic_count > 0
    """,
    "topic_removal_rate": f"select avg((not is_current)::int) {TOPICS}",
    "messages_sent": f"select count(*) {MESSAGES}",
    "customer_messages": f"select count(*) {MESSAGES} where sender_type = 'customer'",
    "agent_messages": f"select count(*) {MESSAGES} where is_from_agent",
    "automated_messages": f"select count(*) {MESSAGES} where is_automated",
    "automated_message_share": f"select avg(is_automated::int) {MESSAGES}",
    "answer_clicks": f"select sum(click_count) {ANSWERS}",
    "answers_used": f"select count(distinct answer_id) {ANSWERS} where click_count > 0",
    "clicks_per_answer": f"""
        select sum(click_count) / count(distinct answer_id)::double {ANSWERS}
        where click_count > 0
    """,
}

#: Periods of the sample in which metrics of the one before are asked.
ASKED_IN = {"_week_before": "2025-02-10", "_month_before": "2025-03-01"}
#: First day and the day after the last of the periods before these.
BEFORE = {
    "_week_before": ("2025-02-03", "2025-02-10"),
    "_month_before": ("2025-02-01", "2025-03-01"),
}
#: When each of them happened.
MOMENTS = {
    "contacts_queued": "queued_at",
    "conversations_created": "created_at",
    "average_first_reply_seconds": "created_at",
    "sla_rate": "fulfilled_at",
    "abandonment_rate": "ended_at",
    "reopen_rate": "last_closed_at",
    "fcr_rate": "last_closed_at",
    "handle_seconds_per_work_session": "contact_ended_at",
    "repeat_contact_rate": "queued_at",
    "deflection_rate": "created_at",
}
for ending, (first, after) in BEFORE.items():
    QUERIES |= {
        f"{metric}{ending}": f"""
            {QUERIES[metric]} and {moment} >= timestamp '{first}'
            and {moment} < timestamp '{after}'
        """
        for metric, moment in MOMENTS.items()
    }
    QUERIES[f"occupancy_rate{ending}"] = f"""
        {QUERIES["occupancy_rate"]}
        where activity_date >= date '{first}' and activity_date < date '{after}'
    """
    QUERIES[f"backlog{ending}"] = f"""
        select sum(open_count) {CHANGED} where activity_date = date '{after}' - 1
    """
