CREATE TABLE "mail_templates" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"template" json NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "outbox_mails_due";--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD COLUMN "event_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD COLUMN "cc" text;--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD COLUMN "headers" jsonb;--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD COLUMN "attachment" jsonb;--> statement-breakpoint
ALTER TABLE "mail_templates" ADD CONSTRAINT "mail_templates_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outbox_mails_waiting" ON "outbox_mails" USING btree ("due_at") WHERE "outbox_mails"."sent_at" is null and not "outbox_mails"."gave_up";--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_mails_event" ON "outbox_mails" USING btree ("event_id","to") WHERE "outbox_mails"."event_id" is not null;