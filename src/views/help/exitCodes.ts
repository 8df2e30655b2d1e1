import type { HelpTopic } from './topics.ts'

export const exitCodes: HelpTopic = {
  summary: 'How commands end',
  text: `How commands end

  0    done; an empty list and "nothing to change" too
  1    unexpected: a bug; please report it
  2    usage: an unknown command, flag or choice, a malformed number, a missing answer
  3    invalid content: an id, name, colour, duration or time that breaks a rule; can-receive and count-after-close
       together; a receiving status as an offline target; a file that breaks a rule or, for manifests and scenarios,
       can't be read
  4    a named status, operator, calendar or setting does not exist
  5    refused by the present state: a name or id is taken, a status is in use
  6    busy: another process holds the catalogue; try again
  7    a file can't be read or written: missing, not JSON, of a newer version, permissions, disk full
  8    not permitted for this account
  10   differences: diff found changes, a scenario's expectation failed, history verify or a report's check failed
  130  interrupted
  143  terminated; watch that was stopped by either signal ends with 0

After any refusal nothing has changed on disk. With -o json (or any other machine format) a refusal is one line of JSON
on standard error, with the exit code in it:

  {"error":{"code":"status-in-use","message":"…","hint":"…","details":["…"],"exitCode":5}}

In a shell script:

  opstat diff -f team.yaml
  case $? in
    0) echo "nothing to do" ;;
    10) opstat apply -f team.yaml ;;
    *) exit 1 ;;
  esac
`,
}
