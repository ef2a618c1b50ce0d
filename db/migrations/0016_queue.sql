CREATE TABLE "dead_letters" (
	"lead_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"step_id" text NOT NULL,
	"name" text NOT NULL,
	"cause" text NOT NULL,
	"reason" text NOT NULL,
	"ended_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "undecided_attempts" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"lead_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"step_id" text NOT NULL,
	"name" text NOT NULL,
	"recipient" text NOT NULL,
	"reason" text,
	"price_cents" bigint NOT NULL,
	"attempted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "undecided_leads" (
	"lead_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "held_leads" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "held_leads" ADD COLUMN "recipient" text;--> statement-breakpoint
ALTER TABLE "held_leads" ADD COLUMN "cause" text;--> statement-breakpoint
ALTER TABLE "held_leads" ADD COLUMN "wish_step_id" text;--> statement-breakpoint
ALTER TABLE "held_leads" ADD COLUMN "wish_reason" text;--> statement-breakpoint
CREATE INDEX "dead_letters_account" ON "dead_letters" USING btree ("account_id","ended_at","lead_id");--> statement-breakpoint
CREATE INDEX "undecided_attempts_account" ON "undecided_attempts" USING btree ("account_id","attempted_at","event_id");--> statement-breakpoint
CREATE INDEX "undecided_attempts_lead" ON "undecided_attempts" USING btree ("lead_id");