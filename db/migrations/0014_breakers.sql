CREATE TABLE "breakers" (
	"account_id" uuid NOT NULL,
	"target" text NOT NULL,
	"state" jsonb NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"watched" boolean DEFAULT false NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"to_tell" text,
	"alerted_at" timestamp with time zone,
	"told" boolean DEFAULT false NOT NULL,
	CONSTRAINT "breakers_account_id_target_pk" PRIMARY KEY("account_id","target")
);
--> statement-breakpoint
CREATE INDEX "breakers_watched" ON "breakers" USING btree ("account_id") WHERE "breakers"."watched";--> statement-breakpoint
CREATE INDEX "breakers_to_tell" ON "breakers" USING btree ("changed_at") WHERE "breakers"."to_tell" is not null;