CREATE TABLE "named_secrets" (
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"secret_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "named_secrets_account_id_name_pk" PRIMARY KEY("account_id","name")
);
--> statement-breakpoint
ALTER TABLE "secrets" ADD COLUMN "leased_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "named_secrets" ADD CONSTRAINT "named_secrets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "named_secrets" ADD CONSTRAINT "named_secrets_secret_id_secrets_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."secrets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "named_secrets_secret" ON "named_secrets" USING btree ("secret_id");