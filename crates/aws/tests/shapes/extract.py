"""Writes shapes.json: names and types of every operation's input and output, as botocore's service models have them.

Run where botocore is installed: python3 extract.py > shapes.json. A structure is an object of its members (`!` after a
name: required), a list an array of one, a map an object with the one member `*`, everything else its type's name. A structure within itself is
an empty object there.
"""

import json

import botocore.session


def shape(of, within=()):
    if of is None:
        return None
    if of.type_name == "structure":
        if of.name in within:
            return {}
        within = (*within, of.name)
        return {name + "!" * (name in of.required_members): shape(member, within) for name, member in of.members.items()}
    if of.type_name == "list":
        return [shape(of.member, within)]
    if of.type_name == "map":
        return {"*": shape(of.value, within)}
    return of.type_name


session = botocore.session.get_session()
print("{")
for service in ["iam", "sts", "budgets", "cloudtrail", "sns", "cloudwatch"]:
    model = session.get_service_model(service)
    print("{}{}: {{".format("" if service == "iam" else ",", json.dumps(service)))
    for index, name in enumerate(model.operation_names):
        operation = model.operation_model(name)
        line = json.dumps([shape(operation.input_shape), shape(operation.output_shape)], separators=(",", ":"))
        print("{}{}: {}".format("," if index else "", json.dumps(name), line))
    print("}")
print("}")
