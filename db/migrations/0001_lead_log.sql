-- The lead log: partitioned by month of the id (a UUIDv7). db/partitions.ts makes the months; there is no DEFAULT one,
-- because DETACH CONCURRENTLY refuses to work beside it. No foreign keys in the data plane.
CREATE TABLE "leads" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"side" text NOT NULL,
	"flow_id" uuid,
	"flow_version" integer,
	"source_id" uuid,
	"connection_id" uuid,
	"is_test" boolean NOT NULL,
	"status" text NOT NULL,
	"outcome" text,
	"reason" text,
	"data" jsonb NOT NULL,
	"submission" jsonb,
	"price_cents" bigint DEFAULT 0 NOT NULL,
	"revenue_cents" bigint DEFAULT 0 NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	CONSTRAINT "leads_pkey" PRIMARY KEY ("id", "account_id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
CREATE INDEX "leads_account" ON "leads" ("account_id", "id" DESC);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"type" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"is_test" boolean NOT NULL,
	"flow_id" uuid,
	"source_id" uuid,
	"step_id" text,
	"connection_id" uuid,
	"destination_id" uuid,
	"name" text NOT NULL,
	"recipient" text,
	"started_at" timestamp with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"price_cents" bigint,
	"status_code" integer,
	"buyer_lead_id" text,
	"about_event_id" uuid,
	"detail" jsonb,
	CONSTRAINT "events_pkey" PRIMARY KEY ("id", "account_id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
CREATE INDEX "events_account" ON "events" ("account_id", "id" DESC);
--> statement-breakpoint
CREATE INDEX "events_lead" ON "events" ("lead_id");
--> statement-breakpoint
CREATE INDEX "events_about" ON "events" ("about_event_id") WHERE "about_event_id" IS NOT NULL;
--> statement-breakpoint
CREATE TABLE "event_payloads" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"request" text,
	"response" text,
	CONSTRAINT "event_payloads_pkey" PRIMARY KEY ("id", "account_id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
-- A run is updated once or twice and then deleted: room on the page keeps those updates off the indexes.
ALTER TABLE "runs" SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE "runs" SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
