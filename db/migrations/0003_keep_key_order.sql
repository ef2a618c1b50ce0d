ALTER TABLE "destinations" ALTER COLUMN "config" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "flow_versions" ALTER COLUMN "document" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "flows" ALTER COLUMN "draft" SET DATA TYPE json;