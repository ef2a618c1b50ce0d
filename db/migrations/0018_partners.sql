CREATE TABLE "partners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"contact_name" text DEFAULT '' NOT NULL,
	"email" text DEFAULT '' NOT NULL,
	"phone" text DEFAULT '' NOT NULL,
	"transfer_phone" text DEFAULT '' NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"caps" jsonb,
	"schedule" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "partner_id" uuid;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "partners_account_name" ON "partners" USING btree ("account_id",lower("name"));--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connections_partner" ON "connections" USING btree ("partner_id");--> statement-breakpoint
INSERT INTO "partners" ("id", "account_id", "name", "type", "email")
SELECT "c"."id", "c"."seller_account_id", CASE WHEN "c"."nth" = 1 THEN "c"."name" ELSE "c"."name" || ' (' || "c"."nth" || ')' END, 'partner', "c"."email"
FROM (
	SELECT "connections"."id", "connections"."seller_account_id", "accounts"."name",
		row_number() OVER (PARTITION BY "connections"."seller_account_id", lower("accounts"."name") ORDER BY "connections"."id") AS "nth",
		coalesce((SELECT "invitations"."email" FROM "invitations" WHERE "invitations"."connection_id" = "connections"."id" ORDER BY "invitations"."decided_at" DESC LIMIT 1), '') AS "email"
	FROM "connections" INNER JOIN "accounts" ON "accounts"."id" = "connections"."buyer_account_id"
) AS "c"
ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "connections" SET "partner_id" = "partners"."id" FROM "partners" WHERE "partners"."id" = "connections"."id";
