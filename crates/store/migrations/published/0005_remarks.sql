-- Remarks on published figures, beside the releases and no part of what is signed: what a body
-- explains of them (giải trình), and challenges to them (yêu cầu kiểm tra lại số liệu) with their
-- answers. Each stands on a release that is visible, and is seen as that release is.
--
-- portal_publisher inserts and reads, portal_reader reads; neither may change or delete. An answer
-- is a row of its own.

create table explanations (
    explanation_id bigint generated always as identity primary key,
    body        text collate "C" not null,                  -- who explains
    figure      bytea check (length(figure) = 10),          -- one figure, or
    period      text collate "C",                           -- the body's own figures of a period,
    table_id    text collate "C",                           -- of one table or of all
    release_id  text collate "C" not null references releases, -- where the figures stood on that day
    dated       date        not null,
    text_vi     text        not null check (btrim(text_vi) <> '' and length(text_vi) <= 2000),
    text_en     text        check (btrim(text_en) <> '' and length(text_en) <= 2000),
    recorded_at timestamptz not null default now(),
    check ((figure is null) <> (period is null)),
    check (table_id is null or period is not null)
);

create table challenges (
    challenge_id bigint generated always as identity primary key, -- its number
    figure      bytea       not null check (length(figure) = 10),
    release_id  text collate "C" not null references releases,    -- the version that is challenged
    received    date        not null,
    text_vi     text        not null check (btrim(text_vi) <> '' and length(text_vi) <= 2000),
    text_en     text        check (btrim(text_en) <> '' and length(text_en) <= 2000),
    recorded_at timestamptz not null default now()
);

-- The key keeps a challenge from being answered twice.
create table challenge_answers (
    challenge_id bigint primary key references challenges,
    outcome     text collate "C" not null check (outcome in ('upheld', 'corrected', 'rejected')),
    corrected_in text collate "C" references releases,
    answered    date        not null,
    text_vi     text        not null check (btrim(text_vi) <> '' and length(text_vi) <= 2000),
    text_en     text        check (btrim(text_en) <> '' and length(text_en) <= 2000),
    recorded_at timestamptz not null default now(),
    check ((outcome = 'corrected') = (corrected_in is not null))
);

create index on explanations (figure);
create index on explanations (body, period);
create index on challenges (figure);

alter table explanations enable row level security;
alter table challenges enable row level security;
alter table challenge_answers enable row level security;

create policy visible on explanations for select to portal_reader using
    (release_id = any (array(select r.release_id from releases r)));
create policy visible on challenges for select to portal_reader using
    (release_id = any (array(select r.release_id from releases r)));
create policy visible on challenge_answers for select to portal_reader using
    (challenge_id = any (array(select c.challenge_id from challenges c))
        and (corrected_in is null or corrected_in = any (array(select r.release_id from releases r))));

create policy publish on explanations to portal_publisher using (true) with check (true);
create policy publish on challenges to portal_publisher using (true) with check (true);
create policy publish on challenge_answers to portal_publisher using (true) with check (true);

grant select on explanations, challenges, challenge_answers to portal_reader;
grant select, insert on explanations, challenges, challenge_answers to portal_publisher;
