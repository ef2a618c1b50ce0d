const statusWords: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** "The buyer answered 422 Unprocessable Content". */
export const statusSaid = (status: number): string =>
  `The buyer answered ${statusWords[status] ? `${status} ${statusWords[status]}` : status}`

const alerts: Record<number, string> = {
  401: 'Authentication Failed',
  403: 'Authentication Failed',
  404: 'Not found at this URL',
  405: 'Not found at this URL',
  410: 'Not found at this URL',
}

/** What a status says about the destination itself: words for an alert. */
export const alertOf = (status: number): string | undefined => alerts[status]

export const isRedirect = (status: number): boolean => status >= 300 && status < 400

export const isErrorStatus = (status: number): boolean => status >= 500 || status === 408 || status === 429
