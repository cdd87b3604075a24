/** What `gatehouse help` prints. */
export const HELP = `Usage: npm run gatehouse -- <command> [options]

  start [--gateways N]              run everything on this machine: Postgres, Redis, control plane, N gateways (default 1)
                                    and an example API (npm start)
  token create [--expires-in 1h]    make a bearer token for the admin API; it stands for the access key that made it
                                    (30s, 15m, 12h, 7d; default 1h)
  token list                        list tokens
  token revoke <id>                 make a token worthless at once
  certificate import <chain> <key>  import a certificate with its private key, from two files of PEM
  certificate renew <arn> <chain> <key>
                                    put another certificate and key under the same ARN
  certificate list                  list certificates and when they end
  certificate delete <arn>          remove a certificate
  fleet                             show what every gateway serves
  explain <url> [-X verb] [-H "name: value"] [-d body] [--api id --stage name]
                                    make a request and show why it went the way it went: route, authorizer, key, limits, cache,
                                    templates, backend, times (--api and --stage where the URL does not say them)
  keys                              print a new master key and the data-plane key that belongs to it (with GATEHOUSE_MASTER_KEY
                                    set: the data-plane key of that one), as lines of an .env file
  help                              show this text

Options of token, certificate, fleet and explain
  --endpoint <url>                  where the admin API is (default: what "start" wrote to .gatehouse/endpoints.json)

Requests are signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where both are set, else with the root access key in
.gatehouse/credentials. docs/configuration.md lists the environment variables.`;
