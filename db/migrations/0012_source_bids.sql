CREATE TABLE "source_bids" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"is_test" boolean NOT NULL,
	"price_cents" bigint NOT NULL,
	"run" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"lead_id" uuid,
	CONSTRAINT "source_bids_id_account_id_pk" PRIMARY KEY("id","account_id")
);
--> statement-breakpoint
CREATE INDEX "source_bids_expiry" ON "source_bids" USING btree ("expires_at");