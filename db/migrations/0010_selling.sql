CREATE TABLE "buyer_claims" (
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"lead_id" uuid NOT NULL,
	"claimed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "buyer_claims_account_id_key_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"used" bigint DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "counters_account_id_key_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
CREATE TABLE "held_leads" (
	"lead_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"step_id" text NOT NULL,
	"reason" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"held_at" timestamp with time zone DEFAULT now() NOT NULL,
	"wish" text,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "buyer_claims_age" ON "buyer_claims" USING btree ("claimed_at");--> statement-breakpoint
CREATE INDEX "counters_expiry" ON "counters" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "held_leads_due" ON "held_leads" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "held_leads_account" ON "held_leads" USING btree ("account_id","due_at");