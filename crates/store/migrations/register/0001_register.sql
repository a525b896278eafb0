-- The register: restricted side. Every record keeps all its versions; a batch is one imported file
-- and can be withdrawn, which brings back the versions before it.
--
-- Runs as portal_owner. portal_registrar inserts and reads; of a batch it may set the row counts and
-- the day of withdrawal. Nothing is ever deleted.

create table batches (
    batch_id     bigint generated always as identity primary key,
    file_name    text        not null,
    sha256       text        not null,
    record_kind  text        not null check (record_kind in
                 ('cases', 'petitions', 'receptions', 'dialogues', 'referrals', 'control_totals')),
    row_count    bigint      not null default 0,
    replaced     bigint      not null default 0,
    simulated    boolean     not null default false,
    imported_at  timestamptz not null default now(),
    withdrawn_at timestamptz
);
create unique index batches_sha256 on batches (sha256) where withdrawn_at is null;

-- The batch that the transaction is loading. COPY has no room for a constant column.
create function current_batch() returns bigint language sql stable
    return current_setting('portal.batch_id')::bigint;

create table cases (
    record_id text collate "C" not null, extract_date date not null,
    batch_id bigint not null default current_batch() references batches,
    kind text not null, field text not null, area_code text not null, body_code text not null,
    received_on date not null, second_instance boolean not null default false,
    accepted_on date, due_on date, complexity text not null default 'ordinary',
    extended boolean not null default false, suspended_on date, resumed_on date,
    ending text, ended_on date, finding text,
    mass boolean not null default false, over_level boolean not null default false,
    prolonged boolean not null default false,
    people integer not null, complainant_key text not null,
    money_recovered bigint, land_recovered bigint, money_returned bigint, land_returned bigint,
    persons_restored integer, officials_disciplined integer,
    implement boolean not null default false, implemented_on date,
    primary key (record_id, extract_date, batch_id)
);
create table petitions (
    record_id text collate "C" not null, extract_date date not null,
    batch_id bigint not null default current_batch() references batches,
    kind text not null, area_code text not null, body_code text not null, received_on date not null,
    channel text not null, handling text not null, case_id text, complainant_key text not null,
    primary key (record_id, extract_date, batch_id)
);
create table receptions (
    record_id text collate "C" not null, extract_date date not null,
    batch_id bigint not null default current_batch() references batches,
    body_code text not null, held_on date not null, type text not null, held_by text not null,
    due boolean not null, visits integer not null, people integer not null,
    matters_first integer not null, matters_repeat integer not null,
    delegations integer not null, delegation_people integer not null,
    primary key (record_id, extract_date, batch_id)
);
create table dialogues (
    record_id text collate "C" not null, extract_date date not null,
    batch_id bigint not null default current_batch() references batches,
    case_id text not null, body_code text not null, held_on date not null,
    presided_by text not null, people integer not null,
    primary key (record_id, extract_date, batch_id)
);
create table referrals (
    record_id text collate "C" not null, extract_date date not null,
    batch_id bigint not null default current_batch() references batches,
    referrer text not null, kind text not null, area_code text not null, body_code text not null,
    referred_on date not null, acknowledged_on date, decision text, decided_on date,
    settled_on date, notified_on date, case_id text, complainant_key text not null,
    primary key (record_id, extract_date, batch_id)
);
create table control_totals (
    record_id text collate "C" not null, extract_date date not null,
    batch_id bigint not null default current_batch() references batches,
    body_code text not null, period text not null,
    opening bigint not null, entered bigint not null, transferred_in bigint not null,
    ended bigint not null, transferred_out bigint not null, closing bigint not null,
    primary key (record_id, extract_date, batch_id)
);

-- What counts: of each version the newest batch that is not withdrawn.
create view current_cases as select distinct on (record_id, extract_date) c.* from cases c
    join batches b using (batch_id) where b.withdrawn_at is null
    order by record_id, extract_date, batch_id desc;
create view current_petitions as select distinct on (record_id, extract_date) c.* from petitions c
    join batches b using (batch_id) where b.withdrawn_at is null
    order by record_id, extract_date, batch_id desc;
create view current_receptions as select distinct on (record_id, extract_date) c.* from receptions c
    join batches b using (batch_id) where b.withdrawn_at is null
    order by record_id, extract_date, batch_id desc;
create view current_dialogues as select distinct on (record_id, extract_date) c.* from dialogues c
    join batches b using (batch_id) where b.withdrawn_at is null
    order by record_id, extract_date, batch_id desc;
create view current_referrals as select distinct on (record_id, extract_date) c.* from referrals c
    join batches b using (batch_id) where b.withdrawn_at is null
    order by record_id, extract_date, batch_id desc;
create view current_control_totals as
    select distinct on (record_id, extract_date) c.* from control_totals c
    join batches b using (batch_id) where b.withdrawn_at is null
    order by record_id, extract_date, batch_id desc;

grant select, insert on batches, cases, petitions, receptions, dialogues, referrals, control_totals
    to portal_registrar;
grant update (row_count, replaced, withdrawn_at) on batches to portal_registrar;
grant select on current_cases, current_petitions, current_receptions, current_dialogues,
    current_referrals, current_control_totals to portal_registrar;
