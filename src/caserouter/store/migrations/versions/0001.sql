CREATE TABLE account (
  id TEXT NOT NULL,
  owner TEXT,
  tier TEXT,
  risk BOOLEAN NOT NULL,
  health FLOAT(53),
  body JSON NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (id)
)

CREATE TABLE api_key (
  id TEXT NOT NULL,
  prefix TEXT NOT NULL,
  hash TEXT NOT NULL,
  scopes JSON NOT NULL,
  name TEXT NOT NULL,
  rate_per_minute INTEGER,
  created_at $moment NOT NULL,
  expires_at $moment,
  revoked_at $moment,
  replaced_by TEXT,
  CONSTRAINT api_key_pkey PRIMARY KEY (id),
  CONSTRAINT api_key_hash_key UNIQUE (hash)
)

CREATE TABLE cases (
  id TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT,
  status TEXT NOT NULL,
  holder TEXT,
  priority INTEGER NOT NULL,
  type TEXT NOT NULL,
  account TEXT,
  jurisdiction TEXT,
  weight INTEGER NOT NULL,
  created_at $moment NOT NULL,
  first_response_due $moment,
  resolution_due $moment,
  first_response_at $moment,
  resolved_at $moment,
  closed_at $moment,
  close_after $moment,
  reopen_count INTEGER NOT NULL,
  wait_on TEXT,
  department TEXT,
  follow_up $moment,
  offer_until $moment,
  occurred_at $moment,
  version INTEGER NOT NULL,
  updated_seq BIGINT NOT NULL,
  body JSON NOT NULL,
  schema_version INTEGER NOT NULL,
  CONSTRAINT cases_pkey PRIMARY KEY (id),
  CONSTRAINT cases_source_external_id_key UNIQUE (source, external_id)
)

CREATE INDEX cases_created_at_id_index ON cases (created_at, id)

CREATE INDEX cases_holder_index ON cases (holder)

CREATE INDEX cases_status_priority_created_at_id_index ON cases (status, priority, created_at, id)

CREATE TABLE checkpoint (
  seq $number NOT NULL,
  body $bytes NOT NULL,
  created_at $moment NOT NULL,
  CONSTRAINT checkpoint_pkey PRIMARY KEY (seq)
)

CREATE TABLE due (
  id $counter NOT NULL,
  at $moment NOT NULL,
  kind TEXT NOT NULL,
  case_id TEXT NOT NULL,
  specialist_id TEXT NOT NULL,
  ref TEXT NOT NULL,
  CONSTRAINT due_pkey PRIMARY KEY (id),
  CONSTRAINT due_case_id_specialist_id_kind_ref_key UNIQUE (case_id, specialist_id, kind, ref)
)

CREATE INDEX due_at_id_index ON due (at, id)

CREATE TABLE event (
  seq $number NOT NULL,
  at $moment NOT NULL,
  kind TEXT NOT NULL,
  case_id TEXT,
  specialist_id TEXT,
  account_id TEXT,
  actor TEXT NOT NULL,
  request_id TEXT NOT NULL,
  data JSON NOT NULL,
  evidence JSON,
  CONSTRAINT event_pkey PRIMARY KEY (seq)
)

CREATE INDEX event_case_id_seq_index ON event (case_id, seq)

CREATE INDEX event_kind_seq_index ON event (kind, seq)

CREATE INDEX event_specialist_id_seq_index ON event (specialist_id, seq)

CREATE TABLE idempotency (
  key_id TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  "key" TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  headers JSON NOT NULL,
  body $bytes NOT NULL,
  created_at $moment NOT NULL,
  expires_at $moment NOT NULL,
  CONSTRAINT idempotency_pkey PRIMARY KEY (key_id, method, path, "key")
)

CREATE INDEX idempotency_expires_at_index ON idempotency (expires_at)

CREATE TABLE keeper (
  id INTEGER NOT NULL,
  beat_at $moment,
  last_optimised_at $moment,
  data JSON NOT NULL,
  CONSTRAINT keeper_pkey PRIMARY KEY (id)
)

CREATE TABLE meta (
  id INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  rules_seq BIGINT NOT NULL,
  room_seq BIGINT NOT NULL,
  CONSTRAINT meta_pkey PRIMARY KEY (id)
)

CREATE TABLE policy (
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  document JSON NOT NULL,
  added_at $moment NOT NULL,
  activated_at $moment,
  active BOOLEAN NOT NULL,
  CONSTRAINT policy_pkey PRIMARY KEY (version)
)

CREATE UNIQUE INDEX policy_active_index ON policy (active) WHERE active

CREATE TABLE specialist (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  body JSON NOT NULL,
  schema_version INTEGER NOT NULL,
  version INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  capacity INTEGER NOT NULL,
  load INTEGER NOT NULL,
  team TEXT,
  presence TEXT NOT NULL,
  presence_until $moment,
  updated_seq BIGINT NOT NULL,
  CONSTRAINT specialist_pkey PRIMARY KEY (id)
)

CREATE TABLE assignment (
  id $counter NOT NULL,
  case_id TEXT NOT NULL,
  specialist_id TEXT NOT NULL,
  units INTEGER NOT NULL,
  started_seq BIGINT NOT NULL,
  started_at $moment NOT NULL,
  ended_seq BIGINT,
  ended_at $moment,
  end_reason TEXT,
  CONSTRAINT assignment_pkey PRIMARY KEY (id),
  CONSTRAINT assignment_case_id_fkey FOREIGN KEY(case_id) REFERENCES cases (id),
  CONSTRAINT assignment_specialist_id_fkey FOREIGN KEY(specialist_id) REFERENCES specialist (id)
)

CREATE UNIQUE INDEX assignment_open_index ON assignment (case_id) WHERE ended_at IS NULL

CREATE INDEX assignment_specialist_id_started_at_index ON assignment (specialist_id, started_at)

CREATE TABLE commitment (
  id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  due $moment NOT NULL,
  made_at $moment NOT NULL,
  kept_at $moment,
  missed_at $moment,
  announced BOOLEAN NOT NULL,
  CONSTRAINT commitment_pkey PRIMARY KEY (id),
  CONSTRAINT commitment_case_id_fkey FOREIGN KEY(case_id) REFERENCES cases (id)
)

CREATE INDEX commitment_case_id_index ON commitment (case_id)

CREATE INDEX commitment_due_id_index ON commitment (due, id)

CREATE TABLE credential (
  id TEXT NOT NULL,
  specialist_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  jurisdictions JSON NOT NULL,
  valid_from TEXT,
  valid_until TEXT,
  evidence TEXT NOT NULL,
  granted_seq BIGINT NOT NULL,
  revoked_seq BIGINT,
  CONSTRAINT credential_pkey PRIMARY KEY (id),
  CONSTRAINT credential_specialist_id_fkey FOREIGN KEY(specialist_id) REFERENCES specialist (id)
)

CREATE INDEX credential_specialist_id_index ON credential (specialist_id)

CREATE TABLE personal (
  case_id TEXT NOT NULL,
  seq $number NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT personal_pkey PRIMARY KEY (case_id, seq, field),
  CONSTRAINT personal_case_id_fkey FOREIGN KEY(case_id) REFERENCES cases (id)
)

INSERT INTO meta (id, seq, rules_seq, room_seq) VALUES (1, 0, 0, 0)

INSERT INTO keeper (id, data) VALUES (1, '{}')
