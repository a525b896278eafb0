-- Every release keeps the files of its bundle, byte for byte, so that the portal hands out what was
-- signed, and anyone can rebuild this database from it.
--
-- Runs as portal_owner. What older versions loaded has no files: it must be loaded again.

do $$ begin
    if exists (select from releases) then
        raise exception 'releases in this database were loaded by an older version of the portal'
            using hint = 'load their bundles into an empty database with portal restore';
    end if;
end $$;

create table release_files (
    release_id text collate "C" not null references releases,
    path       text collate "C" not null,                         -- tables/case-flow.csv
    content    bytea not null,
    sha256     bytea not null generated always as (sha256(content)) stored,
    primary key (release_id, path)
);
-- No statistics: EXPLAIN would tell about a release that is not visible yet.
alter table release_files alter column content set statistics 0;
alter table release_files alter column sha256 set statistics 0;
-- A file is recognised by its hash.
create index release_files_sha256 on release_files (sha256);

alter table release_files enable row level security;
create policy visible on release_files for select to portal_reader using
    (release_id = any (array(select r.release_id from releases r)));
create policy publish on release_files to portal_publisher using (true) with check (true);
grant select on release_files to portal_reader;
grant select, insert on release_files to portal_publisher;
