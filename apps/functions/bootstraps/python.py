# Runs a function's handler under Python: a client of the Lambda Runtime API.
# Source of names, formats and error types: AWS, "Define Lambda function handler in Python", "Using the Lambda runtime API for custom runtimes".
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

API = "/2018-06-01/runtime"


class Record:
    """Fields out of a JSON object; None for those that it lacks."""

    FIELDS = ()

    def __init__(self, values):
        for name in self.FIELDS:
            setattr(self, name, values.get(name))

    def __repr__(self):
        return "%s([%s])" % (type(self).__name__, ",".join("%s=%s" % (name, getattr(self, name)) for name in self.FIELDS))


class CognitoIdentity(Record):
    FIELDS = ("cognito_identity_id", "cognito_identity_pool_id")

    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class Client(Record):
    FIELDS = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


class ClientContext(Record):
    FIELDS = ("custom", "env", "client")

    def __init__(self, values):
        super().__init__(values)
        self.client = None if self.client is None else Client(self.client)


class LambdaContext(Record):
    FIELDS = (
        "aws_request_id",
        "log_group_name",
        "log_stream_name",
        "function_name",
        "memory_limit_in_mb",
        "function_version",
        "invoked_function_arn",
        "client_context",
        "identity",
        "tenant_id",
    )

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.tenant_id = headers.get("Lambda-Runtime-Aws-Tenant-Id")
        self.client_context = from_header(ClientContext, headers, "Client Context")
        self.identity = from_header(CognitoIdentity, headers, "Cognito Identity") or CognitoIdentity({})
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


def from_header(record, headers, name):
    text = headers.get("Lambda-Runtime-" + name.replace(" ", "-"))
    if not text:
        return None
    try:
        # The client of HTTP reads bytes as Latin-1.
        return record(json.loads(text.encode("latin-1")))
    except Exception as error:
        raise Failure("Runtime.LambdaContextUnmarshalError", "Unable to parse %s JSON: %s" % (name, error))


class LineFilter(logging.Filter):
    def filter(self, record):
        record.aws_request_id = request_id or ""
        return True


request_id = None


def set_up_logging():
    handler = logging.StreamHandler(sys.stdout)
    formatter = logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    handler.terminator = ""
    handler.addFilter(LineFilter())
    logging.getLogger().addHandler(handler)


class Failure(Exception):
    """An error of the runtime's own, in place of the function's."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type = error_type
        self.trace = list(trace)


def describe(error):
    if isinstance(error, Failure):
        return {"errorMessage": str(error), "errorType": error.error_type, "requestId": request_id or "", "stackTrace": error.trace}
    frames = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in traceback.extract_tb(error.__traceback__)]
    while frames and frames[0][0] == __file__:
        del frames[0]
    trace = traceback.format_list(frames)
    return {"errorMessage": str(error), "errorType": type(error).__name__, "requestId": request_id or "", "stackTrace": trace}


def say(payload):
    """Prints an error as one line of the log; spaces that begin a line of it are no-break spaces."""
    head = "[ERROR] " + payload["errorType"] + (": " + payload["errorMessage"] if payload["errorMessage"] else "")
    lines = [line for element in payload["stackTrace"] for line in element.splitlines()]
    indented = ["\u00a0" * (len(line) - len(line.lstrip(" "))) + line.lstrip(" ") for line in lines]
    # In one write, unlike print's.
    sys.stdout.write("\r".join([head, "Traceback (most recent call last):"] + indented) + "\n")


def load_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise Failure("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Failure("Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Failure("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        line = ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)]
        raise Failure("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), line)
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Failure("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))


class RuntimeApi:
    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.connection = http.client.HTTPConnection(host, int(port))

    def next(self):
        self.connection.request("GET", API + "/invocation/next")
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(1)
        return answer.headers, body

    def post(self, path, body, error_type=None, content_type="application/json"):
        headers = {"Content-Type": content_type}
        if error_type:
            headers["Lambda-Runtime-Function-Error-Type"] = error_type.encode("ascii", "replace").decode()
        self.connection.request("POST", API + path, body, headers)
        self.connection.getresponse().read()

    def fail(self, path, error):
        payload = describe(error)
        say(payload)
        self.post(path, json.dumps(payload).encode(), payload["errorType"])


# Source: AWS, "Define Lambda function handler in Python": from Python 3.12 on, answers hold Unicode characters as they are.
ESCAPES = os.environ.get("AWS_EXECUTION_ENV") in ["AWS_Lambda_python3.%d" % minor for minor in range(12)]


def plain(value):
    # Not imported here: a cold start waits for that.
    decimal = sys.modules.get("decimal")
    if decimal and isinstance(value, decimal.Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def encode(answer):
    """Answers bytes and content type; bytes that a handler answers are sent as they are."""
    if isinstance(answer, bytes):
        return answer, "application/unknown"
    try:
        return json.dumps(answer, ensure_ascii=ESCAPES, allow_nan=False, default=plain).encode(), "application/json"
    except Exception as error:
        raise Failure("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def decode(body):
    try:
        return json.loads(body)
    except Exception as error:
        raise Failure("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)


def main():
    global request_id
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    for stream in (sys.stdout, sys.stderr):
        # What is printed is in the log at once, also when the process is ended then.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", write_through=True)
    set_up_logging()
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        api.fail("/init/error", error)
        sys.exit(1)
    while True:
        headers, body = api.next()
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
        try:
            context = LambdaContext(headers)
            answer, content_type = encode(handler(decode(body), context))
        except Exception as error:
            api.fail("/invocation/%s/error" % request_id, error)
        else:
            api.post("/invocation/%s/response" % request_id, answer, content_type=content_type)


main()
