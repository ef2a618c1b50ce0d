CREATE TABLE "collected_leads" (
	"lead_id" uuid NOT NULL,
	"batch" text NOT NULL,
	"most" integer,
	"due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "collected_leads_lead_id_batch_pk" PRIMARY KEY("lead_id","batch")
);
--> statement-breakpoint
ALTER TABLE "held_leads" ADD COLUMN "in_batch" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "collected_leads_batch" ON "collected_leads" USING btree ("batch","due_at","most");