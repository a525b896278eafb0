-- Every cell is known by the permanent name of its figure, and every release keeps the hashes that
-- prove each of its figures.
--
-- Runs as portal_owner. What older versions loaded has neither: it must be loaded again.

do $$ begin
    if exists (select from releases) then
        raise exception 'releases in this database were loaded by an older version of the portal'
            using hint = 'publish their bundles again, in order, into an empty database';
    end if;
end $$;

-- 32 bytes a hash, in the order in which the tree over the release's figures grew. Not compressed,
-- so that one hash is read without the others.
alter table releases add column tree bytea not null check (length(tree) % 32 = 0);
alter table releases alter column tree set storage external;
-- The public key that the checkpoint was verified with, in the C2SP form name+id+base64.
alter table releases add column log_key text not null;

alter table cells add column figure bytea not null check (length(figure) = 10);
-- Place among the figures of the release, from 0.
alter table cells add column leaf bigint not null check (leaf >= 0);
create index cells_figure on cells (figure);
