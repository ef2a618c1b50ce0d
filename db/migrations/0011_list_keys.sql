ALTER TABLE "backtests" ADD COLUMN "takes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "list_entries" DROP CONSTRAINT "list_entries_list_id_lists_id_fk";--> statement-breakpoint
DROP INDEX "lists_account";--> statement-breakpoint
ALTER TABLE "lists" ADD CONSTRAINT "lists_account_id" UNIQUE("account_id","id");--> statement-breakpoint
ALTER TABLE "list_entries" ADD CONSTRAINT "list_entries_list" FOREIGN KEY ("account_id","list_id") REFERENCES "public"."lists"("account_id","id") ON DELETE cascade ON UPDATE no action;
