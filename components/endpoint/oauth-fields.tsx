'use client'

import { CircleCheck, RefreshCw } from 'lucide-react'
import { useState, useTransition } from 'react'
import type { Auth } from '@/lib/engine/schema'
import { DraftFrame, DraftText } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { Alert } from '../ui/alert'
import { Button } from '../ui/button'
import { NativeSelect } from '../ui/native-select'
import { RelativeTime } from '../ui/relative-time'
import type { AuthPartProps, Kind } from './auth-part'
import { SecretField } from './secret-field'
import type { SignInTools } from './sign-in-tools'

type OAuthKind = 'oauth2_client_credentials' | 'oauth2_refresh_token'

/** A text that is left out of the document when it is empty. */
function withText<Auth extends object>(auth: Auth, key: 'scope' | 'audience', text: string): Auth {
  const { [key]: _, ...rest } = auth as Auth & { scope?: string; audience?: string }
  return (text.trim() === '' ? rest : { ...rest, [key]: text.trim() }) as Auth
}

/** A client that has no secret: one that runs in a browser, for example. */
function publicClient(auth: Kind<'oauth2_refresh_token'>): Auth {
  const { client_secret: _, ...rest } = auth
  return rest
}

/** Where tokens come from, with whose credentials, and a try. */
export function OAuthFields({ auth, onChange, tools, problems }: AuthPartProps<OAuthKind>) {
  const at = (key: string) => problemsAt(problems, `auth.${key}`)
  const isRefresh = auth.type === 'oauth2_refresh_token'
  return (
    <>
      <DraftText
        label="Token URL"
        mono
        type="url"
        inputMode="url"
        autoComplete="off"
        placeholder="https://login.buyer.com/oauth/token"
        className="sm:col-span-2"
        value={auth.token_url}
        problems={at('token_url')}
        onChange={(url) => onChange({ ...auth, token_url: url.trim() })}
      />
      <DraftText
        label="Client ID"
        mono
        autoComplete="off"
        spellCheck={false}
        value={auth.client_id}
        problems={at('client_id')}
        onChange={(id) => onChange({ ...auth, client_id: id.trim() })}
      />
      <SecretField
        label="Client secret"
        value={auth.client_secret}
        tools={tools}
        problems={at('client_secret')}
        onChange={(secret) => onChange({ ...auth, client_secret: secret })}
        onRemove={auth.type === 'oauth2_refresh_token' ? () => onChange(publicClient(auth)) : undefined}
      />
      {isRefresh && (
        <SecretField
          label="Refresh token"
          value={auth.refresh_token}
          tools={tools}
          problems={at('refresh_token')}
          className="sm:col-span-2"
          onChange={(token) => onChange({ ...auth, refresh_token: token })}
        />
      )}
      <DraftText
        label="Scope"
        optional
        mono
        autoComplete="off"
        value={auth.scope ?? ''}
        problems={at('scope')}
        onChange={(scope) => onChange(withText(auth, 'scope', scope))}
      />
      {auth.type === 'oauth2_client_credentials' && (
        <DraftText
          label="Audience"
          optional
          mono
          autoComplete="off"
          value={auth.audience ?? ''}
          problems={at('audience')}
          onChange={(audience) => onChange(withText(auth, 'audience', audience))}
        />
      )}
      <DraftFrame label="How the client signs in" hint="Your token server’s documentation says which it takes.">
        {(control) => (
          <NativeSelect
            {...control}
            value={auth.credentials_in ?? 'body'}
            onChange={(event) => onChange({ ...auth, credentials_in: event.target.value as 'body' | 'basic' })}
          >
            <option value="body">Id and secret in the form</option>
            <option value="basic">In a Basic header</option>
          </NativeSelect>
        )}
      </DraftFrame>
      <TokenTry auth={auth} tryToken={tools.tryToken} />
    </>
  )
}

type Tried = { ok: true; expiresAt: string } | { ok: false; words: string }

/** Gets a token now: it shows when it ends, never what it is. */
function TokenTry({ auth, tryToken }: { auth: Auth; tryToken: SignInTools['tryToken'] }) {
  const [isPending, start] = useTransition()
  const [tried, setTried] = useState<Tried>()
  const get = () =>
    start(async () => {
      const result = await tryToken({ auth })
      setTried(
        result.ok
          ? { ok: true, expiresAt: result.value.expiresAt }
          : { ok: false, words: result.error.issues?.[0]?.message ?? result.error.message },
      )
    })
  return (
    <div className="flex flex-col items-start gap-2 sm:col-span-2">
      <Button disabled={isPending} onClick={get}>
        <RefreshCw className={isPending ? 'animate-spin' : ''} />
        Get a token now
      </Button>
      <div aria-live="polite" className="w-full">
        {tried?.ok && (
          <p className="flex items-center gap-1.5 text-green text-sm">
            <CircleCheck aria-hidden className="size-4 shrink-0" />
            <span>
              It works: the token ends <RelativeTime at={tried.expiresAt} />.
            </span>
          </p>
        )}
        {tried && !tried.ok && <Alert kind="error">{tried.words}</Alert>}
      </div>
    </div>
  )
}
