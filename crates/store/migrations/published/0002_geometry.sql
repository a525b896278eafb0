-- Boundaries of places as the maps draw them: the operator's data, beside the releases. The newest
-- import of a level is drawn; older ones are kept, and are still served to who has their address.
--
-- portal_publisher inserts and reads, portal_reader reads; neither may change or delete.

create table geometries (
    geometry_id bigint generated always as identity primary key,
    level       text collate "C" not null check (level in ('commune', 'district')),
    hash        text collate "C" not null check (hash ~ '^[0-9a-f]{16}$'), -- of svg; in its address
    width       integer     not null check (width > 0),     -- of the drawing, in its own units
    height      integer     not null check (height > 0),
    svg         text        not null,                       -- served byte by byte
    source_vi   text        not null check (btrim(source_vi) <> ''), -- printed under each map
    source_en   text        not null check (btrim(source_en) <> ''),
    imported_at timestamptz not null default now()
);
create index on geometries (level, hash);

-- All of it may be read. Row security is on nevertheless, so that the database tells a reader
-- nothing about the table but its rows.
alter table geometries enable row level security;
create policy visible on geometries for select to portal_reader using (true);
create policy publish on geometries to portal_publisher using (true) with check (true);

grant select on geometries to portal_reader;
grant select, insert on geometries to portal_publisher;
