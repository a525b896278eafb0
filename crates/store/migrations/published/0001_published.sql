-- The published side: releases and their cells, nothing else. A release becomes visible by row
-- security at its minute; cells are immutable and live in one partition a release.
--
-- Runs as portal_owner. portal_publisher inserts and reads, portal_reader reads what is visible;
-- neither may change or delete.

create table releases (
    release_id   text collate "C" primary key                     -- 2026-Q3.1
                 check (release_id ~ '^[0-9]{4}-Q[1-4]\.[1-9][0-9]{0,4}$'),
    period       text collate "C" not null,                       -- 2026-Q3
    period_index integer     not null,        -- year * 4 + quarter - 1
    revision     integer     not null check (revision > 0),
    visible_from timestamptz not null,
    loaded_at    timestamptz not null default now(),
    simulated    boolean     not null,
    log_index    bigint      not null unique check (log_index >= 0), -- entry in the log of releases
    manifest     json        not null,        -- signed manifest; json keeps it byte by byte
    checkpoint   text        not null,        -- C2SP signed note
    disclosure   json        not null,        -- rules, and withheld counts by table
    unique (period, revision)
);

-- A table as the release defined it (title, notes, items, crossings).
create table release_tables (
    release_id text collate "C" not null references releases,
    table_id   text collate "C" not null,
    position   integer not null,
    definition jsonb   not null,
    shown      bigint  not null,
    withheld   bigint  not null,
    primary key (release_id, table_id)
);

-- Which periods of a table a release holds: the newest release of each is found without a look at
-- the cells.
create table release_periods (
    table_id   text collate "C" not null,
    period     text collate "C" not null,
    release_id text collate "C" not null,
    primary key (table_id, period, release_id),
    foreign key (release_id, table_id) references release_tables
);

-- No foreign key: a partition is made for a release that exists, and no release is ever deleted.
create table cells (
    release_id text collate "C" not null,
    table_id   text collate "C" not null,
    period     text collate "C" not null,
    area       text collate "C" not null,
    body       text collate "C" not null,
    kind       text collate "C" not null,
    field      text collate "C" not null,
    referrer   text collate "C" not null,
    item       text collate "C" not null,
    value      bigint,
    status     text collate "C" not null
               check (status in ('shown', 'withheld', 'not_collected', 'not_applicable')),
    -- A withheld value is not here, so it cannot leak.
    check ((status = 'shown') = (value is not null)),
    -- In this order the key also serves the series of one place; the release is known by partition.
    primary key (table_id, area, period, body, kind, field, referrer, item, release_id)
) partition by list (release_id);

alter table releases enable row level security;
alter table release_tables enable row level security;
alter table release_periods enable row level security;
alter table cells enable row level security;

-- `= any (array(...))`: the visible releases are read once a query, not once a row.
create policy visible on releases for select to portal_reader using (visible_from <= now());
create policy visible on release_tables for select to portal_reader using
    (release_id = any (array(select r.release_id from releases r)));
create policy visible on release_periods for select to portal_reader using
    (release_id = any (array(select r.release_id from releases r)));
create policy visible on cells for select to portal_reader using
    (release_id = any (array(select r.release_id from releases r)));

create policy publish on releases to portal_publisher using (true) with check (true);
create policy publish on release_tables to portal_publisher using (true) with check (true);
create policy publish on release_periods to portal_publisher using (true) with check (true);
create policy publish on cells to portal_publisher using (true) with check (true);

grant select on releases, release_tables, release_periods, cells to portal_reader;
grant select, insert on releases, release_tables, release_periods, cells to portal_publisher;

-- Makes the partition of a release. A table of its own that is attached at the end: readers are
-- never locked out, as `create table ... partition of` would do. Nobody but the owner may name a
-- partition in a query, so that row security, which is the parent's, holds for all.
create function create_release_partition(release text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    partition text := 'cells_' || lower(translate(release, '-.', '__'));
begin
    if not exists (select from public.releases r where r.release_id = release) then
        raise exception 'there is no release %', release;
    end if;
    execute format('create table public.%I (like public.cells including constraints)', partition);
    -- No statistics on values: EXPLAIN would tell about a release that is not visible yet.
    execute format('alter table public.%I alter column value set statistics 0', partition);
    execute format('alter table public.cells attach partition public.%I for values in (%L)',
        partition, release);
end $$;
revoke execute on function create_release_partition(text) from public;
grant execute on function create_release_partition(text) to portal_publisher;
