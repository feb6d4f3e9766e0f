-- Who may sign in. A user of an OpenID Connect provider is not here.
CREATE TABLE app_user (
	id uuid PRIMARY KEY,
	name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._@+-]{0,63}$'),
	-- with the name of its algorithm before it
	password_hash text NOT NULL,
	role text NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
	enabled boolean NOT NULL DEFAULT true,
	created_at timestamptz NOT NULL,
	password_changed_at timestamptz NOT NULL
);

-- What programs show instead of a password. Kept as a hash only; gone when it is revoked.
CREATE TABLE api_token (
	id uuid PRIMARY KEY,
	name text NOT NULL UNIQUE,
	token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
	role text NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
	created_by text NOT NULL,
	created_at timestamptz NOT NULL,
	expires_at timestamptz,
	last_used_at timestamptz
);

-- Who did what, when. Only ever added to, and deleted when it is old.
CREATE TABLE audit_entry (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at timestamptz NOT NULL,
	actor text NOT NULL,
	-- how the actor proved to be who he is
	via text NOT NULL,
	address text,
	action text NOT NULL,
	subject text,
	status integer,
	details text
);

CREATE INDEX audit_entry_at_idx ON audit_entry (at);
CREATE INDEX audit_entry_actor_idx ON audit_entry (actor, id);
CREATE INDEX audit_entry_action_idx ON audit_entry (action, id);
CREATE INDEX audit_entry_subject_idx ON audit_entry (subject, id);

-- Spring Session 4.1; a name at an OpenID Connect provider may be longer than its 100 characters
CREATE TABLE spring_session (
	primary_id char(36) NOT NULL,
	session_id char(36) NOT NULL,
	creation_time bigint NOT NULL,
	last_access_time bigint NOT NULL,
	max_inactive_interval int NOT NULL,
	expiry_time bigint NOT NULL,
	principal_name text,
	CONSTRAINT spring_session_pk PRIMARY KEY (primary_id)
);

CREATE UNIQUE INDEX spring_session_ix1 ON spring_session (session_id);
CREATE INDEX spring_session_ix2 ON spring_session (expiry_time);
CREATE INDEX spring_session_ix3 ON spring_session (principal_name);

CREATE TABLE spring_session_attributes (
	session_primary_id char(36) NOT NULL,
	attribute_name varchar(200) NOT NULL,
	attribute_bytes bytea NOT NULL,
	CONSTRAINT spring_session_attributes_pk PRIMARY KEY (session_primary_id, attribute_name),
	CONSTRAINT spring_session_attributes_fk FOREIGN KEY (session_primary_id) REFERENCES spring_session (primary_id)
		ON DELETE CASCADE
);
