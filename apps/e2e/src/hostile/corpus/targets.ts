import { denied, refused, served, type Attack } from '../attack.js';
import { get, HOST, request, SMUGGLED } from '../messages.js';

const OPEN = 'GET /open';
const PATH = '/dev/open';

const target = (name: string, text: string) => refused(name, get(text) + SMUGGLED);
const host = (name: string, line: string) => refused(name, `GET ${PATH} HTTP/1.1\r\n${line}\r\n${SMUGGLED}`);
const at = (line: string, name: string) => `GET ${line} HTTP/1.1\r\nHost: ${name}\r\n\r\n`;

export const TARGETS: readonly Attack[] = [
  target('no slash', 'dev/open'),
  target('an authority', `${HOST}:80`),
  target('an asterisk', '*'),
  target('a query alone', '?x'),
  target('a fragment alone', '#x'),
  target('a fragment', `${PATH}#x`),
  target('another scheme', `ftp://${HOST}${PATH}`),
  target('a file', 'file:///etc/passwd'),
  target('a scheme without an authority', `http:${PATH}`),
  target('an empty authority', `http://${PATH}`),
  target('a third slash', `http:///${PATH}`),
  target('an authority of a port alone', `http://:80${PATH}`),
  target('user information', `http://user@${HOST}${PATH}`),
  target('a host as user information', `http://${HOST}@evil${PATH}`),
  target('a backslash behind the authority', `http://${HOST}\\@evil${PATH}`),
  target('a fragment behind the authority', `http://${HOST}#@evil${PATH}`),
  target('a blank that is encoded in the authority', `http://${HOST}%20evil${PATH}`),
  target('a list of ports', `http://${HOST}:80:90${PATH}`),
  target('a port that is no number', `http://${HOST}:http${PATH}`),
  target('a broken address', `http://[::1${PATH}`),
  served('the absolute form', get(`http://${HOST}${PATH}`), [OPEN]),
  served('the absolute form in capitals', get(`HTTP://${HOST.toUpperCase()}${PATH}`), [OPEN]),
  served('the absolute form, whatever Host says', at(`http://${HOST}${PATH}`, 'evil'), [OPEN]),
  denied('the absolute form of nobody, whatever Host says', at(`http://evil${PATH}`, HOST), 403),
  denied('two slashes at the beginning, which are no authority', at(`//evil${PATH}`, HOST), 403),
  denied('an asterisk for OPTIONS', request('OPTIONS * HTTP/1.1'), 400),
  denied('a path form of somebody else’s API', at(`/_aws/execute-api/nobodysapi/dev/open`, 'localhost'), 403),
];

export const HOSTS: readonly Attack[] = [
  host('none', ''),
  host('two equal ones', `Host: ${HOST}\r\nHost: ${HOST}\r\n`),
  host('two different ones', `Host: ${HOST}\r\nHost: evil\r\n`),
  host('two in different case', `Host: ${HOST}\r\nhOST: ${HOST}\r\n`),
  host('a blank before the colon', `Host : ${HOST}\r\n`),
  host('a folded one', `Host:\r\n ${HOST}\r\n`),
  host('one folded behind another header', `X: y\r\n Host: ${HOST}\r\n`),
  host('one behind a blank', ` Host: ${HOST}\r\n`),
  host('one that goes on in the next line', `Host: ${HOST}\r\n .evil\r\n`),
  host('user information', `Host: evil@${HOST}\r\n`),
  host('a path', `Host: ${HOST}/dev/secret\r\n`),
  host('a query', `Host: ${HOST}?x\r\n`),
  host('a fragment', `Host: ${HOST}#x\r\n`),
  host('a scheme', `Host: http://${HOST}\r\n`),
  host('a list', `Host: ${HOST}, evil\r\n`),
  host('two with a blank', `Host: ${HOST} evil\r\n`),
  host('a backslash', `Host: ${HOST}\\evil\r\n`),
  host('a percent-encoding', `Host: ${HOST}%2eevil\r\n`),
  host('NUL', `Host: ${HOST}\0.evil\r\n`),
  host('bytes above ASCII', `Host: ${HOST}\xe9\r\n`),
  host('two ports', `Host: ${HOST}:80:90\r\n`),
  host('a port with a sign', `Host: ${HOST}:+80\r\n`),
  host('a port of six digits', `Host: ${HOST}:000080\r\n`),
  host('a port that is no number', `Host: ${HOST}:http\r\n`),
  host('an address that is not closed', 'Host: [::1\r\n'),
  host('an address with a zone', 'Host: [fe80::1%25eth0]\r\n'),
  host('a template', 'Host: ${stageVariables.x}\r\n'),
  refused('none, in HTTP/1.1 with the absolute form', `GET http://${HOST}${PATH} HTTP/1.1\r\n\r\n${SMUGGLED}`),
  served('in capitals', at(PATH, HOST.toUpperCase()), [OPEN]),
  served('a blank behind it', at(PATH, `${HOST} `), [OPEN]),
  served('with a port', at(PATH, `${HOST}:1`), [OPEN]),
  denied('empty', at(PATH, ''), 403),
  denied(
    'an underscore alias beside one of nobody',
    `GET ${PATH} HTTP/1.1\r\nHost: evil\r\nHO_ST: ${HOST}\r\nX-Forwarded-Host: ${HOST}\r\n\r\n`,
    403,
  ),
  denied('that only begins like an API’s', at(PATH, `x.${HOST}`), 403),
];
