-- Run once as the server's administrator: psql -f setup.sql -v password="'…'"
-- The service owns its database and nothing else. It migrates its own tables, so one role is enough.
CREATE ROLE wutong LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 150 PASSWORD :password;
CREATE DATABASE wutong OWNER wutong ENCODING 'UTF8' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C';
REVOKE ALL ON DATABASE wutong FROM PUBLIC;
\connect wutong
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO wutong;
