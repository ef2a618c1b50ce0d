CREATE TABLE "source_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"gave_up" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "webhook_secret" text;--> statement-breakpoint
CREATE UNIQUE INDEX "source_notices_lead" ON "source_notices" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "source_notices_waiting" ON "source_notices" USING btree ("due_at") WHERE "source_notices"."sent_at" is null and not "source_notices"."gave_up";--> statement-breakpoint
CREATE INDEX "source_notices_age" ON "source_notices" USING btree ("created_at");