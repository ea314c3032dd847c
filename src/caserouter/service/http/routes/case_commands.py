"""What may be done to a case: each route hands its body to one command, and answers with the case as it then is."""

from fastapi import APIRouter

router = APIRouter(prefix="/v1/cases/{case_id}", tags=["cases"])
