ALTER TABLE "flows" ADD COLUMN "draft_revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit_entries" USING btree ("account_id","subject_id","id");