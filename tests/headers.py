"""The headers of published forms that several tests write files of."""

from __future__ import annotations

GA = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,"
    "agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link"
)
"""The bulk file of the Assembly, as published in 2026."""
GA_2024 = (
    "undl_id,ms_codes,ms_names,ms_votes,resolutions,title,modality,draft,committee_report,meeting,"
    "agenda_titles,subjects,date,yes,no,abstentions,non-voting,total-voting,undl_link"
)
SC = (
    "undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,draft,meeting,description,agenda,"
    "subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,modality,undl_link"
)
"""The bulk file of the Council."""
VETOES = (
    "year,date,month,draft,meeting_record,agenda_item,crisis_topic,region,member_veto1,member_veto2,"
    "member_veto3,single_veto,multiple_vetoes,China,France,Russia,USSR,USA,UK,russia_china,usa_uk,"
    "usa_france,usa_france_uk,france_uk"
)
"""The table of vetoes."""
