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


class Identity:
    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class Client:
    FIELDS = {
        "installation_id": "installation_id",
        "app_title": "app_title",
        "app_version_name": "app_version_name",
        "app_version_code": "app_version_code",
        "app_package_name": "app_package_name",
    }

    def __init__(self, values):
        for name, key in self.FIELDS.items():
            setattr(self, name, values.get(key))


class ClientContext:
    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        self.client = Client(values["client"]) if isinstance(values.get("client"), dict) else None


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        client_context = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(client_context)) if client_context else None
        identity = headers.get("Lambda-Runtime-Cognito-Identity")
        self.identity = Identity(json.loads(identity) if identity else {})
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


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
    frames = traceback.extract_tb(error.__traceback__)
    own = os.path.dirname(os.path.abspath(__file__))
    trace = traceback.format_list([frame for frame in frames if not frame.filename.startswith(own) and "importlib" not in frame.filename])
    return {"errorMessage": str(error), "errorType": type(error).__name__, "requestId": request_id or "", "stackTrace": trace}


def say(payload):
    head = "[ERROR] " + payload["errorType"] + (": " + payload["errorMessage"] if payload["errorMessage"] else "")
    lines = [head] + (["Traceback (most recent call last):"] + payload["stackTrace"] if payload["stackTrace"] else [])
    print("\r".join(line.rstrip("\n") for line in lines), flush=True)


def load_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise Failure("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Failure("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        line = ['  File "%s" Line %s\n    %s\n' % (error.filename, error.lineno, (error.text or "").rstrip("\n"))]
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

    def post(self, path, body, error_type=None):
        headers = {"Content-Type": "application/json"}
        if error_type:
            headers["Lambda-Runtime-Function-Error-Type"] = error_type.encode("ascii", "replace").decode()
        self.connection.request("POST", API + path, body, headers)
        self.connection.getresponse().read()

    def fail(self, path, error):
        payload = describe(error)
        say(payload)
        self.post(path, json.dumps(payload).encode(), payload["errorType"])


def encode(answer):
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except Exception as error:
        raise Failure("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def main():
    global request_id
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
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
            answer = encode(handler(json.loads(body), LambdaContext(headers)))
        except Exception as error:
            api.fail("/invocation/%s/error" % request_id, error)
            continue
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        api.post("/invocation/%s/response" % request_id, answer)


main()
