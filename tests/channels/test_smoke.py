from tests.channels.conftest import API, House
import traceback
def test_it(house, rep, talk):
    r = rep.get(f"{API}/customers"); print(r.status_code, r.text)
    r = rep.get(f"{API}/opportunities?total=true"); print(r.status_code, r.text)
    try: house.app.openapi()
    except Exception: traceback.print_exc()
    from starlette.middleware import Middleware
    async def spy(scope, receive, send):
        await orig(scope, receive, send)
        print({k:v for k,v in scope.items() if k not in ("headers","app")})
    house.app.middleware_stack = None
    orig = house.app.build_middleware_stack()
    house.app.middleware_stack = spy
    rep.get(f"{API}/customers/1")
