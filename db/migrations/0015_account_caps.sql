ALTER TABLE "accounts" ADD COLUMN "business_hours" jsonb;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "caps" jsonb;--> statement-breakpoint
ALTER TABLE "destinations" ADD COLUMN "caps" jsonb;